#include "mobile/platform/camera/shutter_sound.h"

#include <QMediaDevices>

#include <cmath>
#include <numbers>

namespace zhicha {

namespace {
constexpr int kRate = 44'100;
constexpr int kSamples = kRate * 90 / 1000;

/** Two short strokes, as a shutter makes them. */
QByteArray strokes() {
    QByteArray out;
    out.reserve(kSamples * 2);
    for (int i = 0; i < kSamples; ++i) {
        const double t = static_cast<double>(i) / kRate;
        double value = 0;
        for (const double start : {0.0, 0.045})
            if (t >= start)
                value += std::exp(-(t - start) * 180) * std::sin(2 * std::numbers::pi * 1'900 * (t - start));
        const auto sample = static_cast<qint16>(value * 12'000);
        out.append(static_cast<char>(sample & 0xff));
        out.append(static_cast<char>((sample >> 8) & 0xff));
    }
    return out;
}
} // namespace

void ShutterSound::make() {
    m_tried = true;
    const QAudioDevice device = QMediaDevices::defaultAudioOutput();
    QAudioFormat format;
    format.setSampleRate(kRate);
    format.setChannelCount(1);
    format.setSampleFormat(QAudioFormat::Int16);
    if (device.isNull() || !device.isFormatSupported(format))
        return;
    m_samples = strokes();
    m_buffer.setBuffer(&m_samples);
    m_buffer.open(QIODevice::ReadOnly);
    m_sink = std::make_unique<QAudioSink>(device, format);
}

void ShutterSound::play() {
    if (!m_tried)
        make();
    if (!m_sink)
        return;
    m_sink->stop();
    m_buffer.seek(0);
    m_sink->start(&m_buffer);
}

} // namespace zhicha

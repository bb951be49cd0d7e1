#pragma once
// The sound that says: the photo and its operation are on the disk.
#include <QAudioSink>
#include <QBuffer>

#include <memory>

namespace zhicha {

/** Owner: the camera's controller. Threads: the screen's. Silent on a machine without a loudspeaker; the white frame on
 *  the screen says the same. */
class ShutterSound {
public:
    void play();

private:
    void make();
    bool m_tried = false;
    QByteArray m_samples;
    QBuffer m_buffer;
    std::unique_ptr<QAudioSink> m_sink;
};

} // namespace zhicha

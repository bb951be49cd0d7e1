import QtMultimedia

// What the camera sees. Loaded by its file's name, so that a machine without a camera loads nothing of Qt Multimedia's.
VideoOutput {
    fillMode: VideoOutput.PreserveAspectFit
}

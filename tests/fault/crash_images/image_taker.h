#pragma once
// Takes images of simulated disks while the product writes to them, opens each as a started program would, and holds it
// against what people had been told when the power went.
#include "tests/simulation/history.h"

namespace zhicha::test {

/** What a tablet's person knows for certain: called saved, acknowledged, delivered. */
struct Told {
    std::vector<Digest> saved;
    std::int64_t acknowledged = 0;
    std::map<Uuid, cbor::Map> drafts;
    std::set<Digest> photos;    ///< the shutter's sound was heard
    std::set<Digest> delivered; ///< the office's word was pulled
};

/** Owner: one workload. `step` runs a piece of work; the images taken in it are checked against what was told before
 * it, since what it is about to tell may or may not be there yet. */
class ImageTaker {
public:
    /** Of every `every`-th change each kind of power cut is made. */
    ImageTaker(World &world, std::string workload, int every);
    ~ImageTaker();
    void watchTablet(SimTablet &tablet);
    void watchOffice();
    /** Another disk, with a check of its own. */
    void watchOther(SimDisk &disk, std::function<Status(SimDisk &)> check);
    void forget(SimDisk &disk); ///< before it goes
    void step(const std::function<void()> &work);
    [[nodiscard]] Told &told(const SimTablet &tablet) { return m_told[static_cast<std::size_t>(tablet.number)]; }

    [[nodiscard]] std::int64_t images() const { return m_count; }
    [[nodiscard]] const std::vector<std::string> &violations() const { return m_violations; }

private:
    struct Image {
        std::unique_ptr<SimDisk> disk;
        std::function<Status(SimDisk &)> check;
        std::string where;
    };
    void watch(SimDisk &disk, const std::string &name, std::function<Status(SimDisk &)> check);
    void learn();
    void check(Image &image);
    Status checkTablet(SimDisk &disk, const Told &told);
    Status checkOffice(SimDisk &disk);

    World &m_world;
    const std::string m_workload;
    const int m_every;
    std::int64_t m_changes = 0, m_count = 0;
    std::vector<Image> m_images;
    std::vector<Told> m_told;
    std::vector<SimDisk *> m_watched;
    std::vector<std::string> m_violations;
};

struct Workload {
    const char *name;
    void (*run)(World &world, ImageTaker &taker);
};
/** The eight of design 6. */
[[nodiscard]] std::span<const Workload> workloads();

} // namespace zhicha::test

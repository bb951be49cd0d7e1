#pragma once
// Owns what a C library hands out: std::unique_ptr<T, DestroyBy<the library's function>>.
namespace zhicha::documents {

template <auto Destroy>
struct DestroyBy {
    template <typename T>
    void operator()(T *object) const {
        Destroy(object);
    }
};

} // namespace zhicha::documents

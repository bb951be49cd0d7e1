#pragma once
// Owns what a C library made: std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>.

namespace zhicha {

template <auto Free>
struct Freed {
    template <typename T>
    void operator()(T *thing) const {
        Free(thing);
    }
};

} // namespace zhicha

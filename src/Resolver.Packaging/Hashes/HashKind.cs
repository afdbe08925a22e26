namespace Resolver.Packaging.Hashes;

/// <summary>The hash algorithms that pip checks in the fragment of a URL, the strongest last.</summary>
public enum HashKind
{
    /// <summary>MD5, 128 bits. Broken; checked where it is given.</summary>
    Md5,

    /// <summary>SHA-1, 160 bits. Broken; checked where it is given.</summary>
    Sha1,

    /// <summary>SHA-224 (FIPS 180-4).</summary>
    Sha224,

    /// <summary>SHA-256 (FIPS 180-4).</summary>
    Sha256,

    /// <summary>SHA-384 (FIPS 180-4).</summary>
    Sha384,

    /// <summary>SHA-512 (FIPS 180-4).</summary>
    Sha512,
}

namespace Resolver.Archives.Containers;

/// <summary>Ways in which entries of a zip are compressed (APPNOTE 4.4.5): those that Python's zipfile reads.</summary>
internal static class ZipMethod
{
    public const ushort Stored = 0;
    public const ushort Deflate = 8;
    public const ushort Bzip2 = 12;
    public const ushort Lzma = 14;

    /// <summary>What is said of an entry that is compressed in another way.</summary>
    public static InvalidDataException Unsupported(ushort method)
    {
        var name = method switch
        {
            1 => " (shrink)",
            6 => " (implode)",
            9 => " (deflate64)",
            93 => " (zstd)",
            95 => " (xz)",
            98 => " (PPMd)",
            _ => "",
        };
        var message = $"its compression method {method}{name} is not supported: pack the archive again with deflate";
        return CorruptData.Exception(message, "archive-compression");
    }
}

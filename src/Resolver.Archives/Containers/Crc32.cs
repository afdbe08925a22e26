namespace Resolver.Archives.Containers;

/// <summary>The checksum of zip entries (ISO 3309, reflected polynomial EDB88320); ZipArchive does not compare it
/// when it reads.</summary>
internal static class Crc32
{
    private static readonly uint[] Table = MakeTable();

    public static uint Of(ReadOnlySpan<byte> bytes) => Of(bytes, 0);

    /// <summary>The checksum of bytes that follow others.</summary>
    /// <param name="before">The checksum of those before; 0 where there are none.</param>
    public static uint Of(ReadOnlySpan<byte> bytes, uint before)
    {
        var crc = ~before;
        foreach (var b in bytes)
            crc = Table[(byte)(crc ^ b)] ^ (crc >> 8);
        return ~crc;
    }

    private static uint[] MakeTable()
    {
        var table = new uint[256];
        for (uint i = 0; i < 256; i++)
        {
            var value = i;
            for (var bit = 0; bit < 8; bit++)
                value = (value & 1) != 0 ? 0xEDB88320 ^ (value >> 1) : value >> 1;
            table[i] = value;
        }
        return table;
    }
}

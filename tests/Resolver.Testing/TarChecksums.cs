using System.Text;

namespace Resolver.Testing;

/// <summary>Checksums of damaged tars.</summary>
public static class TarChecksums
{
    /// <summary>Makes the checksum of each header right again: most damage to a tar only breaks a checksum, and what
    /// stands behind it is to be reached.</summary>
    /// <param name="bytes">The tar, changed in place; the rest of the last, incomplete block stays.</param>
    public static void Mend(byte[] bytes)
    {
        for (var block = 0; block + 512 <= bytes.Length; block += 512)
        {
            var header = bytes.AsSpan(block, 512);
            if (!header.Slice(257, 5).SequenceEqual("ustar"u8))
                continue;
            header.Slice(148, 8).Fill((byte)' ');
            var sum = 0;
            foreach (var each in header)
                sum += each;
            Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ").CopyTo(header[148..]);
        }
    }
}

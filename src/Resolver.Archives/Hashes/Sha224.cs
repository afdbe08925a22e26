using System.Buffers.Binary;
using System.Numerics;

namespace Resolver.Archives.Hashes;

/// <summary>SHA-224 (FIPS 180-4, section 6.3), which .NET does not have: SHA-256 with other initial values, cut to
/// seven words. Not thread-safe.</summary>
internal sealed class Sha224
{
    private const int BlockSize = 64;

    // FIPS 180-4, section 4.2.2: the first 32 bits of the fractional parts of the cube roots of the first 64 primes.
    private static readonly uint[] RoundConstants = [.. Primes(64).Select(CubeRootFraction)];

    private readonly uint[] state =
    [
        0xC1059ED8,
        0x367CD507,
        0x3070DD17,
        0xF70E5939,
        0xFFC00B31,
        0x68581511,
        0x64F98FA7,
        0xBEFA4FA4,
    ];
    private readonly uint[] schedule = new uint[64];
    private readonly byte[] block = new byte[BlockSize];
    private int filled;
    private ulong length;

    /// <summary>Adds bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        length += (ulong)bytes.Length;
        while (bytes.Length > 0)
        {
            var taken = Math.Min(bytes.Length, BlockSize - filled);
            bytes[..taken].CopyTo(block.AsSpan(filled));
            filled += taken;
            bytes = bytes[taken..];
            if (filled == BlockSize)
            {
                Compress();
                filled = 0;
            }
        }
    }

    /// <summary>The digest, 28 bytes. Nothing may be added afterwards.</summary>
    public byte[] Finish()
    {
        var bits = length * 8;
        Append([0x80]);
        while (filled != BlockSize - 8)
            Append([0]);
        Span<byte> end = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(end, bits);
        Append(end);
        var digest = new byte[28];
        for (var i = 0; i < 7; i++)
            BinaryPrimitives.WriteUInt32BigEndian(digest.AsSpan(i * 4), state[i]);
        return digest;
    }

    private void Compress()
    {
        for (var i = 0; i < 16; i++)
            schedule[i] = BinaryPrimitives.ReadUInt32BigEndian(block.AsSpan(i * 4));
        for (var i = 16; i < 64; i++)
        {
            var (early, late) = (schedule[i - 15], schedule[i - 2]);
            var s0 = BitOperations.RotateRight(early, 7) ^ BitOperations.RotateRight(early, 18) ^ (early >> 3);
            var s1 = BitOperations.RotateRight(late, 17) ^ BitOperations.RotateRight(late, 19) ^ (late >> 10);
            schedule[i] = schedule[i - 16] + s0 + schedule[i - 7] + s1;
        }
        var (a, b, c, d, e, f, g, h) = (state[0], state[1], state[2], state[3], state[4], state[5], state[6], state[7]);
        for (var i = 0; i < 64; i++)
        {
            var s1 =
                BitOperations.RotateRight(e, 6) ^ BitOperations.RotateRight(e, 11) ^ BitOperations.RotateRight(e, 25);
            var t1 = h + s1 + ((e & f) ^ (~e & g)) + RoundConstants[i] + schedule[i];
            var s0 =
                BitOperations.RotateRight(a, 2) ^ BitOperations.RotateRight(a, 13) ^ BitOperations.RotateRight(a, 22);
            var t2 = s0 + ((a & b) ^ (a & c) ^ (b & c));
            (h, g, f, e, d, c, b, a) = (g, f, e, d + t1, c, b, a, t1 + t2);
        }
        foreach (var (i, value) in new[] { a, b, c, d, e, f, g, h }.Index())
            state[i] += value;
    }

    private static IEnumerable<uint> Primes(int count) =>
        Enumerable
            .Range(2, 400)
            .Where(n => Enumerable.Range(2, n - 2).All(divisor => n % divisor != 0))
            .Take(count)
            .Select(n => (uint)n);

    // The integer cube root of n * 2^96 is the cube root of n times 2^32: exact, unlike floating point.
    private static uint CubeRootFraction(uint n)
    {
        var target = (UInt128)n << 96;
        ulong root = 0;
        for (var bit = 1UL << 36; bit > 0; bit >>= 1)
        {
            var tried = (UInt128)(root | bit);
            if (tried * tried <= target / tried)
                root |= bit;
        }
        return (uint)root;
    }
}

using System.Diagnostics;
using Resolver.Archives.Containers;
using Resolver.Testing;
using Xunit;

namespace Resolver.Archives.Tests.Containers;

/// <summary>The readers of containers, and what unpacks them, on random damage: an answer or a
/// <see cref="ContainerException"/>, nothing written outside, no more memory than is stated. RESOLVER_FUZZ sets the
/// number of mutants of each kind; a million takes hours.</summary>
public sealed class ContainerFuzzTests
{
    private static readonly int Mutants = int.TryParse(
        Environment.GetEnvironmentVariable("RESOLVER_FUZZ"),
        out var count
    )
        ? count
        : 1500;

    private static readonly (string, string)[] Files =
    [
        ("a-1.0/PKG-INFO", "Metadata-Version: 2.1\nName: a\nVersion: 1.0\n\n"),
        ("a-1.0/a/__init__.py", "__version__ = '1.0'\n"),
        ($"a-1.0/{new string('l', 120)}/x", "long name"),
        ("a-1.0/b/c/d", ""),
    ];

    // Small, so that a mutant that claims much is refused soon.
    private static readonly ContainerLimits Limits = ContainerLimits.Default with
    {
        ExpandedBytes = 4 << 20,
        ContentBytes = 64 << 10,
        KeptBytes = 256 << 10,
    };

    [Theory]
    [InlineData("none", 1)]
    [InlineData("gzip", 2)]
    [InlineData("zip", 3)]
    [InlineData("bzip2", 4)]
    [InlineData("zstd", 5)]
    [InlineData("xz", 6)]
    [InlineData("lzma", 7)]
    public void Damage_is_answered_and_nothing_is_written_outside(string kind, int seed)
    {
        using var scratch = new Scratch();
        var whole = ContainerReaderTests.Container(kind, Files);
        var random = new Random(seed);
        var path = scratch["mutant"];
        Directory.CreateDirectory(scratch["around/in"]);
        var most = 0L;
        var longest = TimeSpan.Zero;
        for (var i = 0; i < Mutants; i++)
        {
            File.WriteAllBytes(path, Mutated(whole, random));
            var before = GC.GetAllocatedBytesForCurrentThread();
            var start = Stopwatch.GetTimestamp();
            try
            {
                ContainerReader.Read(path, _ => true, Limits, hash: false, TestContext.Current.CancellationToken);
            }
            catch (ContainerException refused)
            {
                Assert.NotEmpty(refused.Code);
            }
            most = Math.Max(most, GC.GetAllocatedBytesForCurrentThread() - before);
            longest = TimeSpan.FromTicks(Math.Max(longest.Ticks, Stopwatch.GetElapsedTime(start).Ticks));
            if (i % 8 == 0)
                Unpack(scratch, path);
        }

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{kind}: {Mutants} mutants; at most {most} bytes allocated and {longest.TotalMilliseconds:0} ms for one"
        );
        Assert.Equal(["in"], Directory.GetFileSystemEntries(scratch["around"]).Select(Path.GetFileName));
        // A decoder's tables and dictionary, whatever a header claims; a tar's and a zip's own are far below.
        Assert.InRange(most, 0, 300L << 20);
    }

    private static void Unpack(Scratch scratch, string path)
    {
        try
        {
            Unpacker.Unpack(path, scratch["around/in"], Limits, TestContext.Current.CancellationToken);
        }
        catch (Exception refused) when (refused is ContainerException or IOException)
        {
            // An IOException where a name is none for this file system.
        }
        Directory.Delete(scratch["around/in"], recursive: true);
        Directory.CreateDirectory(scratch["around/in"]);
    }

    private static byte[] Mutated(byte[] whole, Random random)
    {
        var bytes = whole.ToArray();
        for (var hits = random.Next(1, 6); hits > 0; hits--)
        {
            var at = random.Next(bytes.Length);
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    bytes = [.. bytes[..at], .. bytes[Math.Min(bytes.Length, at + random.Next(1, 40))..]];
                    break;
                case 3:
                    bytes = [.. bytes[..at], .. bytes[Math.Max(0, at - 20)..]];
                    break;
                case 4:
                    bytes.AsSpan(at, Math.Min(8, bytes.Length - at)).Fill((byte)(random.Next(2) * 255));
                    break;
                default:
                    bytes[at] = (byte)"/.\\07 x\0"[random.Next(8)];
                    break;
            }
            if (bytes.Length == 0)
                bytes = [0];
        }
        // Most damage to a tar only breaks a checksum: half of the mutants get theirs fixed, so that what stands
        // behind it is reached.
        if (bytes.Length >= 512 && random.Next(2) == 0)
            MendChecksums(bytes);
        return bytes;
    }

    private static void MendChecksums(byte[] bytes)
    {
        if (bytes[0] is 0x1F or (byte)'P' or (byte)'B' or 0x28)
            return;
        TarChecksums.Mend(bytes);
    }
}

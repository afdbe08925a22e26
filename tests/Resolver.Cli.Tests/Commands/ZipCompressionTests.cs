using Resolver.Cli.Terminal;

namespace Resolver.Cli.Tests.Commands;

/// <summary>Wheels as Python's own zipfile writes them, by every compression that it reads again: they are read, and
/// pip installs them.</summary>
public sealed class ZipCompressionTests : IDisposable
{
    // Packs a toy wheel again; the last argument replaces the compression method in every header.
    private const string Repack = """
        import struct, sys, zipfile
        source, target, method, lie = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
        with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, 'w', method) as new:
            for name in old.namelist():
                new.writestr(name, old.read(name))
            entries = [(each.header_offset, len(each.filename)) for each in new.infolist()]
            directory = new.fp.tell()
        if lie:
            data = bytearray(open(target, 'rb').read())
            for offset, _ in entries:
                struct.pack_into('<H', data, offset + 8, lie)
            at = data.index(b'PK\x01\x02')
            for _, length in entries:
                struct.pack_into('<H', data, at + 10, lie)
                at += 46 + length
            open(target, 'wb').write(data)
        """;

    private readonly TemporaryFolder folder = new();

    public ZipCompressionTests() => PythonOnPath.NeedPip();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("bzip2", 12)]
    [InlineData("LZMA", 14)]
    public void A_wheel_is_read_and_installed(string kind, int method)
    {
        Packed(method, lie: 0);
        Assert.Contains("toy 1.0", Scan().Output, StringComparison.Ordinal);

        var installed = Invocation.Of("install", "toy", "-f", folder["archive"], "--prefix", folder["prefix"]);

        Assert.True(installed.ExitCode == ExitCode.Done, $"{kind}: {installed.Error}");
        Assert.Single(Directory.EnumerateFiles(folder["prefix"], "toy.py", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData(12)]
    [InlineData(14)]
    public void A_corrupt_one_is_a_line_and_never_a_fault(int method)
    {
        var wheel = Packed(method, lie: 0);
        var whole = File.ReadAllBytes(wheel);
        var random = new Random(method);
        for (var i = 0; i < 60; i++)
        {
            var bytes = whole.ToArray();
            for (var hits = random.Next(1, 4); hits > 0; hits--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            File.WriteAllBytes(wheel, bytes);

            var scanned = Scan();

            Assert.Equal(ExitCode.Done, scanned.ExitCode);
            Assert.DoesNotContain("reader-fault", scanned.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Any_other_compression_is_named_with_the_way_out()
    {
        Packed(0, lie: 98);

        Assert.Contains(
            "archive-compression: toy-1.0.dist-info/METADATA: its compression method 98 (PPMd) is not supported: "
                + "pack the archive again with deflate",
            Scan().Output,
            StringComparison.Ordinal
        );
    }

    private string Packed(int method, int lie)
    {
        var plain = new Testing.ToyWheel("toy", "1.0")
            .With("toy.py", $"text = '{string.Concat(Enumerable.Repeat("a long line; ", 400))}'\n")
            .In(folder["plain"]);
        Directory.CreateDirectory(folder["archive"]);
        var wheel = Path.Combine(folder["archive"], Path.GetFileName(plain));
        PythonOnPath.Run("", ["-c", Repack, plain, wheel, $"{method}", $"{lie}"]);
        return wheel;
    }

    private Invocation Scan() => Invocation.Of("scan", "-f", folder["archive"], "--no-cache");
}

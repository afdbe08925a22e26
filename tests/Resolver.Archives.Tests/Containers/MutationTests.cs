using Resolver.Archives.Scanning;
using Xunit;

namespace Resolver.Archives.Tests.Containers;

/// <summary>Archives with random damage: always an answer, never an exception. RESOLVER_FUZZ sets the number of
/// mutants of each kind.</summary>
public sealed class MutationTests
{
    private static readonly int Mutants = int.TryParse(
        Environment.GetEnvironmentVariable("RESOLVER_FUZZ"),
        out var count
    )
        ? count
        : 600;

    private static readonly (string, string)[] Project =
    [
        ("a-1.0/PKG-INFO", "Metadata-Version: 2.1\nName: a\nVersion: 1.0\n\n"),
        (
            "a-1.0/pyproject.toml",
            "[build-system]\nrequires = ['setuptools>=61']\n[project]\nname = 'a'\ndynamic = "
                + "['version']\ndependencies = ['b>1; python_version > \"3.8\"']\n[tool.setuptools.dynamic]\nversion "
                + "= {attr = 'a.__version__'}\n"
        ),
        (
            "a-1.0/setup.py",
            "from setuptools import setup\nnames = ['x']\nsetup(name='a', install_requires=names + ['y'], "
                + "extras_require={'t': ['z']})\n"
        ),
        ("a-1.0/setup.cfg", "[metadata]\nname = a\n[options]\ninstall_requires =\n    x\n"),
        ("a-1.0/a/__init__.py", "__version__ = '1.0'\n"),
        ("a-1.0/a.egg-info/requires.txt", "x\n\n[t:python_version<'3']\ny\n"),
    ];

    [Theory]
    [InlineData("none")]
    [InlineData("gzip")]
    [InlineData("zip")]
    [InlineData("bzip2")]
    [InlineData("zstd")]
    public void A_damaged_archive_gets_a_line_and_never_an_exception(string compression)
    {
        using var scratch = new Scratch();
        var whole = ContainerReaderTests.Container(compression, Project);
        var random = new Random(20261122);
        var paths = new List<string>();
        for (var i = 0; i < Mutants; i++)
        {
            var bytes = whole.ToArray();
            for (var hits = random.Next(1, 6); hits > 0; hits--)
            {
                var at = random.Next(bytes.Length);
                switch (random.Next(4))
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
                    default:
                        bytes = [.. bytes[..at], .. bytes[Math.Max(0, at - 20)..]];
                        break;
                }
                if (bytes.Length == 0)
                    bytes = [0];
            }
            paths.Add(scratch.Write($"{i}.tar.gz", bytes));
        }

        var found = ArchiveScanner.Scan(paths, ScanOptions.Default, TestContext.Current.CancellationToken);

        Assert.True(paths.ToHashSet().IsSubsetOf(found.Select(d => d.Path!)));
        Assert.All(
            found,
            d =>
                Assert.True(
                    d.Name is not null
                        || d.Problems.Any(p => p.Fatal || p.Code == "metadata-dynamic" || p.Code == "name-invalid"),
                    d.Path
                )
        );
    }
}

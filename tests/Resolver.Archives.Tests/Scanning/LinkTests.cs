using System.Diagnostics;
using Resolver.Archives.Distributions;
using Resolver.Archives.Files;
using Resolver.Archives.Index;
using Resolver.Archives.Scanning;
using Xunit;

namespace Resolver.Archives.Tests.Scanning;

/// <summary>Symbolic links: farms of them (Nix, git-annex, stow) are archives like any other, and each real file is
/// read once. Every law holds for a plain scan, for a first scan with an index, and for one that finds all in
/// it.</summary>
public sealed class LinkTests : IDisposable
{
    private const string Pyproject =
        "[build-system]\nrequires = []\nbuild-backend = 'b'\n[project]\nname = 'NAME'\nversion = '1.0'\ndependencies "
        + "= []\n";

    private readonly Scratch scratch = new();

    public LinkTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "links need rights on Windows");

    // The runtime cannot remove what it cannot name.
    public void Dispose()
    {
        using (var remove = Process.Start("/bin/rm", ["-rf", scratch["farm"]]))
            remove.WaitForExit();
        scratch.Dispose();
    }

    [Fact]
    public void Links_to_files_elsewhere_are_followed()
    {
        Sdist("store/0a1b-linked-1.0.tar.gz", "linked");
        Link("farm/linked-1.0.tar.gz", "store/0a1b-linked-1.0.tar.gz");

        Assert.Equal(["farm/linked-1.0.tar.gz linked"], Scanned("farm"));
    }

    [Fact]
    public void Links_to_directories_elsewhere_are_followed_and_may_be_links_again()
    {
        Sdist("store/deep/a-1.0.tar.gz", "a");
        Link("current", "store");
        Link("farm/all", "current");

        Assert.Equal(["farm/all/deep/a-1.0.tar.gz a"], Scanned("farm"));
    }

    [Theory]
    [InlineData("pyproject.toml")]
    [InlineData("setup.py")]
    public void A_tree_that_is_only_a_link_out_of_the_search_has_a_line_that_says_where_it_leads(string name)
    {
        scratch.Write($"store/{name}", Pyproject);
        scratch.Write("farm/inside/pyproject.toml", Pyproject.Replace("NAME", "inside", StringComparison.Ordinal));
        Link($"farm/found/{name}", $"store/{name}");
        Link("farm/again/pyproject.toml", "farm/inside/pyproject.toml");

        Assert.Equal(["farm/found -", "farm/inside inside"], Scanned("farm"));
        var line = Assert.Single(
            ArchiveScanner.Scan([scratch["farm"]], ScanOptions.Default),
            each => each.Name is null
        );
        Assert.Contains(line.Problems, problem => problem.Fatal && problem.Message.Contains(scratch[$"store/{name}"]));
    }

    [Fact]
    public void Cycles_of_links_end()
    {
        Sdist("farm/a/x-1.0.tar.gz", "x");
        Link("farm/a/up", "farm");
        Link("farm/a/self", "farm/a");
        File.CreateSymbolicLink(scratch["farm/nowhere"], "nowhere");

        Assert.Equal(["farm/a/x-1.0.tar.gz x"], Scanned("farm"));
    }

    [Fact]
    public void File_that_lies_in_the_archive_is_named_by_its_own_place_and_counts_once()
    {
        Sdist("farm/z/x-1.0.tar.gz", "x");
        Link("farm/a/x-1.0.tar.gz", "farm/z/x-1.0.tar.gz");
        Link("farm/b", "farm/z");

        Assert.Equal(["farm/z/x-1.0.tar.gz x"], Scanned("farm"));
    }

    [Fact]
    public void Of_several_links_to_one_file_the_first_counts()
    {
        Sdist("store/x-1.0.tar.gz", "x");
        Link("farm/b/x-1.0.tar.gz", "store/x-1.0.tar.gz");
        Link("farm/a/x-1.0.tar.gz", "store/x-1.0.tar.gz");

        Assert.Equal(["farm/a/x-1.0.tar.gz x"], Scanned("farm"));
    }

    /// <summary>PEP 427: tags are in a wheel's file name only.</summary>
    [Fact]
    public void Wheel_under_another_name_is_another_candidate()
    {
        Wheel("farm/x-1.0-py2-none-any.whl");
        Link("farm/x-1.0-py3-none-any.whl", "farm/x-1.0-py2-none-any.whl");
        File.Copy(scratch["farm/x-1.0-py2-none-any.whl"], scratch["farm/x-1.0-1-py3-none-any.whl"]);

        Assert.Equal(
            ["farm/x-1.0-1-py3-none-any.whl x", "farm/x-1.0-py2-none-any.whl x", "farm/x-1.0-py3-none-any.whl x"],
            Scanned("farm")
        );
    }

    [Fact]
    public void Link_that_leads_nowhere_has_a_line_that_says_so()
    {
        Link("farm/x-1.0.tar.gz", "gone");

        var found = Assert.Single(ArchiveScanner.Scan([scratch["farm"]], ScanOptions.Default));

        Assert.Contains(
            "a link that leads to no file",
            Assert.Single(found.Problems).Message,
            StringComparison.Ordinal
        );
        Assert.Equal(["farm/x-1.0.tar.gz -"], Scanned("farm"));
    }

    [Fact]
    public void What_a_link_leads_to_is_opened_only_where_it_is_a_regular_file()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/mkfifo"), "needs mkfifo");
        Directory.CreateDirectory(scratch["farm"]);
        using (var process = Process.Start("/usr/bin/mkfifo", [scratch["pipe"]]))
            process.WaitForExit();
        Link("farm/x-1.0.tar.gz", "pipe");
        File.CreateSymbolicLink(scratch["farm/y-1.0.tar.gz"], "/dev/zero");

        Assert.Equal(["farm/x-1.0.tar.gz -", "farm/y-1.0.tar.gz -"], Scanned("farm"));
        var problems = ArchiveScanner
            .Scan([scratch["farm"]], ScanOptions.Default)
            .Select(each => each.Problems[0].Message);
        Assert.Equal(
            [
                $"{scratch["farm/x-1.0.tar.gz"]}: it is a named pipe, not a file, and is not opened",
                $"{scratch["farm/y-1.0.tar.gz"]}: it is a device, not a file, and is not opened",
            ],
            problems
        );
    }

    [Fact]
    public void Directory_behind_a_link_is_looked_into_once_it_is_there()
    {
        Directory.CreateDirectory(scratch["farm"]);
        Link("farm/later", "store");
        Assert.Empty(Scanned("farm"));

        Sdist("store/a-1.0.tar.gz", "a");

        Assert.Equal(["farm/later/a-1.0.tar.gz a"], Scanned("farm"));
    }

    [Fact]
    public void Names_that_are_not_UTF_8_are_found_and_read()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "elsewhere names are Unicode");
        Sdist("farm/plain-1.0.tar.gz", "odd");
        Sdist("farm/\uFFFD-1.0.tar.gz", "plain");
        Directory.CreateDirectory(scratch["farm/sub"]);
        Rename("farm/plain-1.0.tar.gz", @"farm/caf\xe9-1.0.tar.gz");
        Sdist("farm/sub/inside-1.0.tar.gz", "inside");
        Rename("farm/sub", @"farm/s\xfcb");

        Assert.Equal(
            ["farm/caf\uDCE9-1.0.tar.gz odd", "farm/s\uDCFCb/inside-1.0.tar.gz inside", "farm/\uFFFD-1.0.tar.gz plain"],
            Scanned("farm")
        );
    }

    [Fact]
    public void Projects_of_a_repository_are_found_through_a_link_and_once()
    {
        scratch.Write("store/repository/pyproject.toml", "[tool.ruff]\nline-length = 100\n");
        Tree("store/repository/part", "part");
        Tree("store/repository/deep/no", "no");
        Sdist("store/repository/deep/dist/a-1.0.tar.gz", "a");
        Link("farm/all", "store/repository");
        Link("farm/part", "store/repository/part");
        Link("store/repository/again", "store/repository/part");

        Assert.Equal(["farm/all/deep/dist/a-1.0.tar.gz a", "farm/all/part part"], Scanned("farm"));
    }

    [Fact]
    public void Link_to_an_archive_in_a_tree_that_is_not_looked_into_is_followed()
    {
        Tree("farm/tree", "tree");
        Sdist("farm/tree/a-1.0.tar.gz", "a");
        Link("farm/a-1.0.tar.gz", "farm/tree/a-1.0.tar.gz");

        Assert.Equal(["farm/a-1.0.tar.gz a", "farm/tree tree"], Scanned("farm"));
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("\uD83D\uDE00 \uFFFD é")]
    [InlineData("caf\uDCE9\uDC80\uDCFF")]
    [InlineData("\uD83D\uDE00\uDCE9")]
    public void Path_is_the_same_after_it_was_bytes(string path) =>
        Assert.Equal(path, PathBytes.Text(PathBytes.Of(path).AsSpan()[..^1]));

    private void Tree(string relative, string name) =>
        scratch.Write($"{relative}/pyproject.toml", Pyproject.Replace("NAME", name, StringComparison.Ordinal));

    private void Sdist(string relative, string name) =>
        scratch.Sdist(relative, ("x-1.0/pyproject.toml", Pyproject.Replace("NAME", name, StringComparison.Ordinal)));

    private void Wheel(string relative) =>
        scratch.Zip(
            relative,
            ("x-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: x\nVersion: 1.0\n"),
            ("x-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py2-none-any\n"),
            ("x-1.0.dist-info/RECORD", "x-1.0.dist-info/RECORD,,\n")
        );

    private void Link(string relative, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(scratch[relative])!);
        File.CreateSymbolicLink(scratch[relative], scratch[target]);
    }

    // The runtime cannot name such a file; a shell can.
    private void Rename(string from, string to)
    {
        using var shell = Process.Start(
            new ProcessStartInfo("/bin/bash")
            {
                ArgumentList = { "-c", $"mv -- {from} $'{to}'" },
                WorkingDirectory = scratch.Folder,
            }
        )!;
        shell.WaitForExit();
        Assert.Equal(0, shell.ExitCode);
    }

    /// <summary>The path and the name of all that is found, the same three times.</summary>
    private List<string> Scanned(string relative)
    {
        var plain = Lines(ArchiveScanner.Scan([scratch[relative]], ScanOptions.Default));
        for (var run = 0; run < 2; run++)
        {
            using var index = ArchiveIndex.InDirectory(scratch["cache"], message => Assert.Fail(message));
            var options = ScanOptions.Default with { Now = () => long.MaxValue };
            Assert.Equal(plain, Lines(index.Scan([scratch[relative]], options)));
        }
        return plain;
    }

    private List<string> Lines(IReadOnlyList<Distribution> found) =>
        [.. found.Select(each => $"{each.Path![(scratch.Folder.Length + 1)..]} {each.Name?.ToString() ?? "-"}")];
}

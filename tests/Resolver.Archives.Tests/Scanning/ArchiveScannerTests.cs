using Resolver.Archives.Distributions;
using Resolver.Archives.Scanning;
using Resolver.Packaging.Distributions;
using Xunit;

namespace Resolver.Archives.Tests.Scanning;

/// <summary>What is found, under which path, and what is said of what cannot be read.</summary>
public sealed class ArchiveScannerTests
{
    private const string Pyproject =
        "[build-system]\nrequires = []\nbuild-backend = 'b'\nbackend-path = ['.']\n[project]\nname = 'a'\nversion = "
        + "'1.0'\n";

    private static IReadOnlyList<Distribution> Scan(params string[] paths) =>
        ArchiveScanner.Scan(paths, ScanOptions.Default, TestContext.Current.CancellationToken);

    [Fact]
    public void A_directory_is_read_recursively_in_ordinal_order_and_what_is_no_distribution_is_passed_over()
    {
        using var scratch = new Scratch();
        scratch.Sdist("b/a-1.0.tar.gz", ("a-1.0/pyproject.toml", Pyproject));
        scratch.Write("B/tree/pyproject.toml", Pyproject);
        scratch.Write("B/tree/inner/pyproject.toml", Pyproject);
        scratch.Zip("a/z-1.0.zip", ("a-1.0/pyproject.toml", Pyproject));
        foreach (var ignored in (string[])["README", "a.txt", "fetched.tsv", "SHA256SUMS", "x.patch", ".git/config"])
            scratch.Write(ignored, "text");

        var found = Scan(scratch.Folder);

        Assert.Equal(
            ["B/tree", "B/tree/inner", "a/z-1.0.zip", "b/a-1.0.tar.gz"],
            found.Select(d => Path.GetRelativePath(scratch.Folder, d.Path!))
        );
        Assert.Equal(
            [DistributionKind.Tree, DistributionKind.Tree, DistributionKind.Sdist, DistributionKind.Sdist],
            found.Select(d => d.Kind)
        );
        Assert.All(found, d => Assert.Equal("a", d.Name.ToString()));
        Assert.Equal(["."], found[0].BackendPath);
    }

    [Fact]
    public void A_file_with_the_suffix_of_an_archive_is_always_listed()
    {
        using var scratch = new Scratch();
        scratch.Write("broken-1.0.tar.gz", "no archive");
        scratch.Write("cut-1.0.zip", Scratch.ZipBytes(("a/b", "c"))[..40]);
        scratch.Write("empty-1.0.whl", "");

        var found = Scan(scratch.Folder);

        Assert.Equal(
            ["not-an-archive", "archive-truncated", "archive-truncated"],
            found.Select(d => Assert.Single(d.Problems).Code)
        );
        Assert.All(
            found,
            d =>
                Assert.True(
                    d.Problems[0].Fatal
                        && d.Name is null
                        && d.Problems[0].Message.StartsWith(d.Path!, StringComparison.Ordinal)
                )
        );
        Assert.All(found, d => Assert.NotNull(d.Sha256));
    }

    [Fact]
    public void A_path_that_is_not_there_is_an_error() =>
        Assert.Throws<FileNotFoundException>(() => Scan("no/such/file.tar.gz"));

    [Fact]
    public void A_path_is_shown_as_it_was_given()
    {
        using var scratch = new Scratch();
        scratch.Sdist("x/a-1.0.tar.gz", ("a-1.0/pyproject.toml", Pyproject));
        var given = $"{scratch.Folder}/./x/../x";

        Assert.Equal($"{given}/a-1.0.tar.gz", Assert.Single(Scan(given)).Path);
    }

    /// <summary>Contract: one level deep, with [build-system] or [project], not called test(s), example(s), doc(s),
    /// sample(s) or vendor; the file's own line is always there.</summary>
    [Fact]
    public void A_project_in_a_subfolder_has_a_line_of_its_own()
    {
        using var scratch = new Scratch();
        var path = scratch.Sdist(
            "x-1.0.tar.gz",
            ("x-1.0/README", ""),
            ("x-1.0/a/pyproject.toml", Pyproject),
            ("x-1.0/tool/pyproject.toml", "[tool.x]\n"),
            ("x-1.0/tests/pyproject.toml", Pyproject),
            ("x-1.0/vendor/pyproject.toml", Pyproject),
            ("x-1.0/deep/er/pyproject.toml", Pyproject)
        );

        var found = Scan(path);

        Assert.Equal([path, $"{path}#subdirectory=a"], found.Select(d => d.Path));
        var own = Assert.Single(found[0].Problems);
        Assert.Equal("project-in-folder", own.Code);
        Assert.Contains("#subdirectory=a", own.Message, StringComparison.Ordinal);
        Assert.Equal("a", found[1].Name.ToString());
        Assert.NotNull(found[1].Sha256);
    }

    [Fact]
    public void A_subfolder_that_is_requested_may_be_deep()
    {
        using var scratch = new Scratch();
        var path = scratch.Sdist("x-1.0.tar.gz", ("x-1.0/deep/er/pyproject.toml", Pyproject));

        var found = Assert.Single(Scan($"{path}#subdirectory=deep/er"));

        Assert.Equal($"{path}#subdirectory=deep/er", found.Path);
        Assert.Equal("a", found.Name.ToString());
    }

    [Fact]
    public void A_subfolder_that_climbs_out_is_refused()
    {
        using var scratch = new Scratch();
        var path = scratch.Sdist("x-1.0.tar.gz", ("x-1.0/pyproject.toml", Pyproject));

        Assert.Throws<FileNotFoundException>(() => Scan($"{path}#subdirectory=../y"));
    }

    [Fact]
    public void An_archive_without_a_top_folder_is_read_from_its_root()
    {
        using var scratch = new Scratch();
        var path = scratch.Sdist("a-1.0.tar.gz", ("./pyproject.toml", Pyproject), ("./a/__init__.py", ""));

        Assert.Equal("a", Scan(path)[0].Name.ToString());
    }

    [Fact]
    public void Metadata_behind_a_link_inside_the_archive_is_found_by_name()
    {
        using var scratch = new Scratch();
        using var stream = new MemoryStream();
        using (var writer = new System.Formats.Tar.TarWriter(stream, leaveOpen: true))
        {
            writer.WriteEntry(
                Scratch.Entry(
                    System.Formats.Tar.TarEntryFormat.Pax,
                    System.Formats.Tar.TarEntryType.SymbolicLink,
                    "a-1.0/pyproject.toml",
                    link: "build/pyproject.toml"
                )
            );
            writer.WriteEntry(
                Scratch.Entry(
                    System.Formats.Tar.TarEntryFormat.Pax,
                    System.Formats.Tar.TarEntryType.RegularFile,
                    "a-1.0/build/pyproject.toml",
                    Pyproject
                )
            );
        }

        Assert.Equal("a", Scan(scratch.Write("a-1.0.tar", stream.ToArray()))[0].Name.ToString());
    }

    [Fact]
    public void Files_of_a_tree_that_are_links_out_of_it_are_not_read()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need rights on Windows");
        using var scratch = new Scratch();
        scratch.Write("outside/pyproject.toml", Pyproject);
        Directory.CreateDirectory(scratch["in/loop"]);
        File.CreateSymbolicLink(scratch["in/loop/pyproject.toml"], scratch["outside/pyproject.toml"]);
        Directory.CreateSymbolicLink(scratch["in/loop/again"], scratch["in"]);

        var tree = Assert.Single(Scan(scratch["in"]));

        Assert.Null(tree.Name);
        Assert.Equal("not-a-distribution", Assert.Single(tree.Problems).Code);
    }

    [Theory]
    [InlineData("pyproject.toml")]
    [InlineData("setup.py")]
    public void A_named_folder_whose_project_file_is_a_link_out_of_it_says_so(string file)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need rights on Windows");
        using var scratch = new Scratch();
        scratch.Write($"outside/{file}", file == "setup.py" ? "" : Pyproject);
        Directory.CreateDirectory(scratch["in"]);
        File.CreateSymbolicLink(scratch[$"in/{file}"], scratch[$"outside/{file}"]);

        var problem = Assert.Single(Assert.Single(Scan(scratch["in"])).Problems, each => each.Fatal);

        Assert.Equal("not-a-distribution", problem.Code);
        Assert.StartsWith($"its {file} is a link to", problem.Reason, StringComparison.Ordinal);
        Assert.Contains(scratch["outside"], problem.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_directory_that_may_not_be_read_has_a_line_and_does_not_stop_the_rest()
    {
        if (OperatingSystem.IsWindows() || Environment.UserName == "root")
        {
            Assert.Skip("rights do not bind this user");
            return;
        }
        using var scratch = new Scratch();
        scratch.Sdist("a-1.0.tar.gz", ("a-1.0/pyproject.toml", Pyproject));
        Directory.CreateDirectory(scratch["closed"]);
        File.SetUnixFileMode(scratch["closed"], UnixFileMode.None);

        var found = Scan(scratch.Folder);

        File.SetUnixFileMode(
            scratch["closed"],
            UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite
        );
        Assert.Equal("unreadable", Assert.Single(found.Single(d => d.Name is null).Problems).Code);
        Assert.Equal(2, found.Count);
    }

    /// <summary>Opening a pipe blocks until somebody writes: none is opened.</summary>
    [Fact]
    public async Task Pipes_are_not_waited_for()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/mkfifo"), "needs mkfifo");
        using var scratch = new Scratch();
        Directory.CreateDirectory(scratch["tree"]);
        foreach (var pipe in (string[])["x-1.0.tar.gz", "tree/pyproject.toml"])
        {
            using var process = System.Diagnostics.Process.Start("/usr/bin/mkfifo", [scratch[pipe]]);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        var found = await Task.Run(() => Scan(scratch.Folder), TestContext.Current.CancellationToken);

        Assert.Equal(["tree", "x-1.0.tar.gz"], found.Select(d => Path.GetFileName(d.Path)));
    }

    [Fact]
    public void Folders_of_installed_metadata_are_no_trees()
    {
        using var scratch = new Scratch();
        scratch.Write("site/a.egg-info/PKG-INFO", "Metadata-Version: 1.1\nName: a\nVersion: 1.0\n");

        Assert.Empty(Scan(scratch.Folder));
    }

    [Fact]
    public void The_same_version_with_different_content_is_marked_on_both()
    {
        using var scratch = new Scratch();
        scratch.Sdist("1/a-1.0.tar.gz", ("a-1.0/pyproject.toml", Pyproject));
        scratch.Sdist("2/a-1.0.tar.gz", ("a-1.0/pyproject.toml", Pyproject + "# other\n"));
        scratch.Sdist(
            "3/a-1.0.tar.gz",
            ("a-1.0/pyproject.toml", Pyproject.Replace("1.0", "2.0", StringComparison.Ordinal))
        );

        var found = Scan(scratch.Folder);

        Assert.Equal(
            [true, true, false],
            found.Select(d => d.Problems.Any(p => p.Code == "duplicate-content-differs"))
        );
    }

    [Theory]
    [InlineData("a-1.0.tar.gz", false)]
    [InlineData("other-1.0.tar.gz", false)] // as a code host calls a repository that is not called after its project
    [InlineData("other-1.0.tar.gz", true, "a-1.0/PKG-INFO", "Metadata-Version: 2.2\nName: a\nVersion: 1.0\n")]
    [InlineData("other-2.0.tar.gz", true)]
    [InlineData("a-2.0.tar.gz", true)]
    [InlineData("python-a_1.0.orig.tar.gz", false)]
    [InlineData("whatever.tar.gz", false)]
    public void A_name_of_the_form_of_an_sdist_is_compared_with_the_metadata(
        string fileName,
        bool differs,
        string? member = null,
        string text = ""
    )
    {
        using var scratch = new Scratch();
        var path = scratch.Sdist(
            fileName,
            [("a-1.0/pyproject.toml", Pyproject), .. member is null ? [] : new[] { (member, text) }]
        );

        var found = Scan(path)[0];

        Assert.Equal(differs, found.Problems.Any(p => p.Code == "name-mismatch"));
        Assert.Equal(("a", "1.0"), (found.Name.ToString(), found.Version.ToString()));
    }

    [Fact]
    public void A_wheel_tells_everything_by_its_METADATA()
    {
        using var scratch = new Scratch();
        var path = scratch.Zip("a-1.0-1x-py2.py3-none-any.whl", Wheel("a-1.0"));

        var found = Assert.Single(Scan(path));

        Assert.Empty(found.Problems);
        Assert.Equal(DistributionKind.Wheel, found.Kind);
        Assert.Equal(MetadataSource.WheelMetadata, found.Known["requires_dist"]);
        Assert.Equal("b; extra == \"x\"", Assert.Single(found.RequiresDist!).ToString());
        Assert.Equal(2, found.Wheel!.Tags.Count);
        Assert.Null(found.BuildRequires);
    }

    [Theory]
    [InlineData("a-1.0-py3-none-any.whl", "WHEEL", "Wheel-Version: 2.0\n", "wheel-invalid")]
    [InlineData("a-1.0-py3-none-any.whl", "RECORD", null, "wheel-without-record")]
    [InlineData("a-1.0-py3-none-any.whl", "METADATA", null, "metadata-invalid")]
    [InlineData("b-1.0-py3-none-any.whl", "x", "", "name-mismatch")]
    [InlineData("a-1.1-py3-none-any.whl", "x", "", "name-mismatch")]
    [InlineData("a.whl", "x", "", "wheel-name-invalid")]
    public void A_wheel_that_an_installer_must_refuse_is_unusable(
        string fileName,
        string changed,
        string? text,
        string code
    )
    {
        using var scratch = new Scratch();
        var files = Wheel("a-1.0").Where(f => !f.Item1.EndsWith("/" + changed, StringComparison.Ordinal)).ToList();
        if (text is not null)
            files.Add(($"a-1.0.dist-info/{changed}", text));

        var found = Assert.Single(Scan(scratch.Zip(fileName, [.. files])));

        Assert.Contains(found.Problems, p => p.Code == code && p.Fatal);
    }

    private static (string, string)[] Wheel(string stem) =>
        [
            ("a.py", ""),
            (
                $"{stem}.dist-info/METADATA",
                "Metadata-Version: 2.1\nName: a\nVersion: 1.0\nProvides-Extra: x\nRequires-Dist: b ; extra == 'x'\n"
            ),
            ($"{stem}.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"),
            ($"{stem}.dist-info/RECORD", ""),
        ];
}

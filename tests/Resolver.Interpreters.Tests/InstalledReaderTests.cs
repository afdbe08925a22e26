using Resolver.Archives.Distributions;
using Resolver.Archives.Tests;
using Resolver.Archives.Tests.Index;
using Xunit;

namespace Resolver.Interpreters.Tests;

/// <summary>Site directories read without an interpreter hold what <c>importlib.metadata</c> of a real one finds with
/// them on its path.</summary>
public sealed class InstalledReaderTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    /// <summary>Read, and asked: the same in the same order but for what a directory lists first of different names,
    /// and with the same to say of each.</summary>
    private async Task<IReadOnlyList<string>> Agreed(params string[] sites)
    {
        sites = [.. sites.Select(site => scratch[site])];
        Interpreter without,
            with;
        try
        {
            without = await Interpreter.ProbeAsync("python3", [], TestContext.Current.CancellationToken);
            with = await Interpreter.ProbeAsync("python3", sites, TestContext.Current.CancellationToken);
        }
        catch (InterpreterException)
        {
            Assert.Skip("python3 is not on PATH");
            throw;
        }
        var read = InstalledReader.Before(sites, without.Installed);

        Assert.Equal(Told(with.Installed), Told(read));
        return
        [
            .. read.Where(each => each.Path!.StartsWith(scratch.Folder, StringComparison.Ordinal))
                .Select(each =>
                    $"{each.Name} {each.Version} [{string.Join("; ", each.RequiresDist ?? [])}] {string.Join(' ', each.Problems.Select(problem => problem.Code))}".TrimEnd()
                )
                .Order(StringComparer.Ordinal),
        ];

        // What is wrong with nameless ones is told in other words.
        static IEnumerable<string> Told(IEnumerable<Distribution> all) =>
            all.Select(each =>
                    each.Name is null
                        ? $"{each.Path} {each.Problems.Any(problem => problem.Fatal)}"
                        : Described.Of(each)
                )
                .Order(StringComparer.Ordinal);
    }

    private void DistInfo(string site, string name, string version, string more = "") =>
        scratch.Write(
            $"{site}/{name}-{version}.dist-info/METADATA",
            $"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{more}"
        );

    [Fact]
    public async Task Wheels_are_found_with_and_without_a_record()
    {
        DistInfo(
            "site",
            "one",
            "1.0",
            "Requires-Dist: two>=1; python_version>'3'\nRequires-Dist: three; extra == 'x'\nProvides-Extra: "
                + "x\nRequires-Python: >=3.6\n"
        );
        scratch.Write("site/one-1.0.dist-info/RECORD", "one.py,,\n");
        DistInfo("site", "Two_Words", "2.0");
        DistInfo("site", "broken", "not a version", "Requires-Dist: ???\n");

        Assert.Equal(3, (await Agreed("site")).Count);
    }

    [Fact]
    public async Task Metadata_that_are_missing_or_empty_make_no_distribution()
    {
        scratch.Write("site/gone-1.0.dist-info/RECORD", "");
        scratch.Write("site/empty-1.0.dist-info/METADATA", "");
        scratch.Write("site/bare-1.0.egg-info/SOURCES.txt", "");

        Assert.Equal(3, (await Agreed("site")).Count);
    }

    [Fact]
    public async Task Egg_infos_are_found_with_requirements_from_elsewhere()
    {
        scratch.Write("site/flat-2.0.egg-info", "Metadata-Version: 1.1\nName: flat\nVersion: 2.0\n");
        scratch.Write("site/deep-3.0-py3.11.egg-info/PKG-INFO", "Metadata-Version: 1.1\nName: deep\nVersion: 3.0\n");
        scratch.Write(
            "site/deep-3.0-py3.11.egg-info/requires.txt",
            "flat>=1\n\n[x]\nother\n\n[:python_version < \"4\"]\nmore\n"
        );
        scratch.Write(
            "site/both-1.0.egg-info/PKG-INFO",
            "Metadata-Version: 2.1\nName: both\nVersion: 1.0\nRequires-Dist: said\n"
        );
        scratch.Write("site/both-1.0.egg-info/requires.txt", "not-said\n");

        var found = await Agreed("site");

        Assert.Equal("both 1.0 [said]", found[0]);
        Assert.StartsWith("deep 3.0 [flat>=1; ", found[1], StringComparison.Ordinal);
        Assert.Equal("flat 2.0 []", found[2]);
    }

    /// <summary>What a .pth file leads to is on the path of an interpreter whose site directory it is, and of nobody
    /// who has the directory on PYTHONPATH.</summary>
    [Fact]
    public async Task Eggs_and_egg_links_are_found_where_they_are_on_the_path_themselves()
    {
        scratch.Write(
            "site/egg_one-1.0-py3.11.egg/EGG-INFO/PKG-INFO",
            "Metadata-Version: 1.1\nName: egg-one\nVersion: 1.0\n"
        );
        scratch.Write("site/egg_one-1.0-py3.11.egg/EGG-INFO/requires.txt", "other\n");
        scratch.Write("site/easy-install.pth", $"./egg_one-1.0-py3.11.egg\n{scratch["src"]}\n");
        scratch.Write("site/linked.egg-link", $"{scratch["src"]}\n.\n");
        scratch.Write("src/linked.egg-info/PKG-INFO", "Metadata-Version: 1.1\nName: linked\nVersion: 0.3\n");

        Assert.Empty(await Agreed("site"));
        Assert.Equal(
            ["egg-one 1.0 [other]", "linked 0.3 []"],
            await Agreed("site", "site/egg_one-1.0-py3.11.egg", "src")
        );
    }

    [Fact]
    public async Task Editable_installs_are_found_by_their_own_metadata()
    {
        DistInfo("site", "edited", "1.5");
        scratch.Write(
            "site/edited-1.5.dist-info/direct_url.json",
            $"{{\"url\": \"file://{scratch["src"]}\", \"dir_info\": {{\"editable\": true}}}}"
        );
        scratch.Write("site/__editable__.edited-1.5.pth", scratch["src"] + "\n");

        Assert.Equal(["edited 1.5 []"], await Agreed("site"));
    }

    [Fact]
    public async Task Of_one_name_the_first_on_the_path_counts_and_the_rest_are_shadowed()
    {
        DistInfo("first", "Twice", "1.0");
        DistInfo("second", "twice", "2.0");
        DistInfo("second", "once", "1.0");
        scratch.Write("second/twice-3.0.egg-info", "Metadata-Version: 1.1\nName: twice\nVersion: 3.0\n");

        Assert.Equal(
            ["once 1.0 []", "twice 1.0 []", "twice 2.0 [] shadowed", "twice 3.0 [] shadowed"],
            await Agreed("first", "second", "nowhere")
        );
        Assert.Equal(4, (await Agreed("second", "first")).Count);
    }

    [Fact]
    public async Task Two_of_one_name_in_one_directory_count_in_the_order_in_which_it_lists_them()
    {
        for (var version = 1; version <= 6; version++)
            DistInfo("site", "again", $"{version}.0");

        Assert.Equal(5, (await Agreed("site")).Count(each => each.EndsWith("shadowed", StringComparison.Ordinal)));
    }

    /// <summary>Python writes a path that is not UTF-8 with halves of surrogate pairs (PEP 383).</summary>
    [Fact]
    public async Task A_folder_whose_name_is_not_UTF8_hides_nothing()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "names of any bytes");
        DistInfo("site", "a", "1.0");
        await Python(
            "import os, sys; d = os.fsencode(sys.argv[1]) + b'/b-1.0\\xff.dist-info'; os.mkdir(d); "
                + "open(d + b'/METADATA', 'w').write('Metadata-Version: 2.1\\nName: b\\nVersion: 1.0\\n')"
        );

        var probed = await Interpreter.ProbeAsync("python3", [scratch["site"]], TestContext.Current.CancellationToken);

        foreach (
            var found in (IReadOnlyList<Distribution>[])
                [probed.Installed, InstalledReader.Before([scratch["site"]], [])]
        )
            Assert.Equal(
                ["a 1.0", "b 1.0"],
                found
                    .Where(each => each.Path!.StartsWith(scratch.Folder, StringComparison.Ordinal))
                    .Select(each => $"{each.Name} {each.Version}{string.Concat(each.Problems)}")
                    .Order(StringComparer.Ordinal)
            );
        // The runtime cannot remove it.
        await Python("import os, shutil, sys; shutil.rmtree(os.fsencode(sys.argv[1]))");

        async Task Python(string code)
        {
            using var python = System.Diagnostics.Process.Start("python3", ["-c", code, scratch["site"]]);
            await python.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(0, python.ExitCode);
        }
    }
}

using System.Diagnostics;
using Resolver.Archives.Tests;
using Xunit;

namespace Resolver.Interpreters.Tests;

/// <summary>What lies in the site folder of a real virtual environment, in every form it has had: what the
/// interpreter finds is what counts, kept or asked.</summary>
public sealed class InstalledKindsTests : IDisposable
{
    private readonly Scratch scratch = new();
    private readonly string site;

    public InstalledKindsTests()
    {
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo("python3", ["-m", "venv", "--without-pip", scratch["venv"]])
                {
                    RedirectStandardError = true,
                }
            )!;
            process.WaitForExit();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("python3 is not on PATH");
        }
        Assert.SkipUnless(File.Exists(scratch["venv/bin/python"]), "this python3 makes no virtual environments");
        site =
            Path.GetRelativePath(scratch.Folder, Directory.GetDirectories(scratch["venv/lib"], "python3.*")[0])
            + "/site-packages";
    }

    public void Dispose() => scratch.Dispose();

    /// <summary>Asked, asked to be kept, and from what is kept: three times the same.</summary>
    private async Task<Dictionary<string, string>> Found()
    {
        var python = scratch["venv/bin/python"];
        var cache = new InterpreterCache(scratch["cache"]);
        var asked = Listed(await Interpreter.ProbeAsync(python, [], TestContext.Current.CancellationToken));
        Assert.Equal(
            asked,
            Listed(
                await Interpreter.ProbeAsync(python, [], cache, installed: true, TestContext.Current.CancellationToken)
            )
        );
        Assert.Equal(
            asked,
            Listed(
                await Interpreter.ProbeAsync(python, [], cache, installed: true, TestContext.Current.CancellationToken)
            )
        );
        return asked;
    }

    private static Dictionary<string, string> Listed(Interpreter interpreter) =>
        interpreter
            .Installed.Where(each => each.Name is not null && !each.Problems.Any(problem => problem.Code == "shadowed"))
            .ToDictionary(each => each.Name!.Value.Normalized, each => each.Version!.Value.ToString());

    private void DistInfo(string folder, string name, string version) =>
        scratch.Write(
            $"{folder}/{name}-{version}.dist-info/METADATA",
            $"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
        );

    [Fact]
    public async Task An_editable_install_is_found_by_its_own_metadata()
    {
        DistInfo(site, "edited", "1.5");
        scratch.Write(
            $"{site}/edited-1.5.dist-info/direct_url.json",
            $"{{\"url\": \"file://{scratch["src"]}\", \"dir_info\": {{\"editable\": true}}}}"
        );
        scratch.Write($"{site}/__editable__.edited-1.5.pth", scratch["src"] + "\n");
        scratch.Write("src/edited.py", "");

        Assert.Equal("1.5", (await Found())["edited"]);
    }

    /// <summary>setuptools' finder maps names to files; its distributions are those of the site folder.</summary>
    [Fact]
    public async Task An_editable_install_with_a_finder_is_found_by_its_own_metadata()
    {
        DistInfo(site, "mapped", "2.0");
        scratch.Write(
            $"{site}/__editable__.mapped-2.0.pth",
            "import __editable___mapped_2_0_finder; __editable___mapped_2_0_finder.install()\n"
        );
        scratch.Write(
            $"{site}/__editable___mapped_2_0_finder.py",
            "import sys\nclass Finder:\n    @classmethod\n    def find_spec(cls, name, path=None, target=None):\n    "
                + "    return None\ndef install():\n    sys.meta_path.append(Finder)\n    "
                + "sys.path.append('__editable__.mapped-2.0.finder.__path_hook__')\n"
        );

        Assert.Equal("2.0", (await Found())["mapped"]);
    }

    [Fact]
    public async Task An_egg_link_is_found_where_easy_install_leads()
    {
        scratch.Write($"{site}/linked.egg-link", $"{scratch["src"]}\n.\n");
        scratch.Write($"{site}/easy-install.pth", scratch["src"] + "\n");
        scratch.Write("src/linked.egg-info/PKG-INFO", "Metadata-Version: 1.1\nName: linked\nVersion: 0.3\n");

        Assert.Equal("0.3", (await Found())["linked"]);
    }

    [Fact]
    public async Task Eggs_and_egg_infos_are_found()
    {
        scratch.Write(
            $"{site}/egg_one-1.0-py3.11.egg/EGG-INFO/PKG-INFO",
            "Metadata-Version: 1.1\nName: egg-one\nVersion: 1.0\n"
        );
        scratch.Write($"{site}/easy-install.pth", "./egg_one-1.0-py3.11.egg\n");
        scratch.Write($"{site}/flat-2.0.egg-info", "Metadata-Version: 1.1\nName: flat\nVersion: 2.0\n");
        scratch.Write($"{site}/deep-3.0.egg-info/PKG-INFO", "Metadata-Version: 1.1\nName: deep\nVersion: 3.0\n");
        scratch.Write($"{site}/deep-3.0.egg-info/requires.txt", "flat\n");

        var found = await Found();

        Assert.Equal(("1.0", "2.0", "3.0"), (found["egg-one"], found["flat"], found["deep"]));
    }

    [Fact]
    public async Task Of_two_of_one_name_the_first_on_the_path_counts()
    {
        DistInfo(site, "twice", "1.0");
        DistInfo("later", "twice", "2.0");
        scratch.Write($"{site}/later.pth", scratch["later"] + "\n");

        Assert.Equal("1.0", (await Found())["twice"]);
    }

    /// <summary>A change is seen at once, without a wait: what is too young to be told from what follows is not
    /// kept.</summary>
    [Fact]
    public async Task Every_install_and_uninstall_in_a_row_is_seen()
    {
        for (var version = 1; version <= 3; version++)
        {
            DistInfo(site, "toy", $"{version}.0");
            Assert.Equal($"{version}.0", (await Found())["toy"]);
            Directory.Delete(scratch[$"{site}/toy-{version}.0.dist-info"], recursive: true);
            Assert.DoesNotContain("toy", (await Found()).Keys);
        }
    }
}

using Resolver.Packaging.Lockfiles;
using Resolver.Packaging.Markers;
using Resolver.Packaging.Names;
using Resolver.Packaging.Tags;

namespace Resolver.Packaging.Tests.Lockfiles;

/// <summary>PEP 751, "Installation": the steps in their order.</summary>
public sealed class PyLockSelectionTests
{
    private static readonly MarkerEnvironment Linux = MarkerEnvironment.CPython311OnLinux;
    private static readonly SupportedTags Tags = new([
        new Tag("cp311", "cp311", "linux_x86_64"),
        new Tag("py3", "none", "any"),
    ]);

    private static string Select(
        string body,
        string[]? extras = null,
        string[]? groups = null,
        MarkerEnvironment? environment = null
    )
    {
        var file = PyLock.TryParse("lock-version = '1.0'\ncreated-by = 't'\n" + body).Value;
        var result = file.Select(environment ?? Linux, Tags, extras?.Select(ExtraName.Parse).ToList(), groups);
        return result.Success ? string.Join(" ", result.Value.Select(Describe)) : result.Error.ToString();
    }

    private static string Describe(SelectedPackage selected) =>
        selected.Package.Name
        + ":"
        + selected.Source switch
        {
            LockedSource.Wheel wheel => wheel.File.FileName,
            LockedSource.Sdist sdist => sdist.File.FileName,
            LockedSource.Archive archive => archive.File.FileName,
            LockedSource.VersionControl repository => repository.Repository.CommitId,
            LockedSource.Directory directory => directory.Folder.Path,
            _ => "?",
        };

    private static string Package(string name, string more = "", string? source = null) =>
        $"[[packages]]\nname = "
        + $"'{name}'\n{more}\n{source ?? $"archive = {{path = '{name}.zip', hashes = {{sha256 = 'a'}}}}"}\n";

    private static string Wheels(params string[] names) =>
        $"wheels = [{string.Join(", ", names.Select(n => $"{{path = '{n}', hashes = {{sha256 = 'a'}}}}"))}]";

    [Fact]
    public void Packages_whose_marker_does_not_hold_are_passed_over() =>
        Assert.Equal(
            "a:a.zip c:c.zip",
            Select(
                Package("a")
                    + Package("b", "marker = \"sys_platform == 'win32'\"")
                    + Package("c", "marker = \"sys_platform == 'linux'\"")
            )
        );

    [Fact]
    public void Extras_and_groups_are_sets_that_markers_ask()
    {
        var body =
            "extras = ['x']\ndependency-groups = ['dev']\ndefault-groups = ['main']\n"
            + Package("a", "marker = \"'main' in dependency_groups\"")
            + Package("b", "marker = \"'x' in extras\"")
            + Package("c", "marker = \"'dev' in dependency_groups\"");

        Assert.Equal("a:a.zip", Select(body));
        Assert.Equal("a:a.zip b:b.zip", Select(body, ["X"]));
        Assert.Equal("c:c.zip", Select(body, groups: ["dev"]));
        Assert.Equal("", Select(body, groups: []));
    }

    [Fact]
    public void What_the_file_does_not_offer_cannot_be_requested()
    {
        Assert.Equal("pylock.toml: expected none, found no extra 'x' in the lock file", Select(Package("a"), ["x"]));
        Assert.Equal(
            "pylock.toml: expected one of dev, found no dependency group 'y' in the lock file",
            Select("dependency-groups = ['dev']\n" + Package("a"), groups: ["y"])
        );
    }

    [Fact]
    public void Another_Python_than_the_file_is_for_is_an_error() =>
        Assert.Equal(
            "pylock.toml: expected Python >=3.12, as the lock file requires, found Python 3.11.7",
            Select("requires-python = '>=3.12'\n" + Package("a"))
        );

    [Fact]
    public void Another_environment_than_the_file_is_for_is_an_error()
    {
        Assert.StartsWith(
            "pylock.toml: expected one of ",
            Select("environments = [\"sys_platform == 'win32'\", \"python_version < '3.9'\"]\n" + Package("a")),
            StringComparison.Ordinal
        );
        Assert.Equal(
            "a:a.zip",
            Select("environments = [\"sys_platform == 'win32'\", \"python_version > '3.9'\"]\n" + Package("a"))
        );
        Assert.Contains(
            "the list of environments is empty",
            Select("environments = []\n" + Package("a")),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_package_that_excludes_this_Python_is_an_error_and_not_passed_over()
    {
        Assert.Equal(
            "pylock.toml:3: expected Python >=3.12, as a requires, found Python 3.11.7",
            Select(Package("a", "requires-python = '>=3.12'"))
        );
        Assert.Equal("", Select(Package("a", "requires-python = '>=3.12'\nmarker = \"python_version >= '3.12'\"")));
    }

    [Fact]
    public void A_development_Python_is_a_version_with_something_added() =>
        Assert.Equal(
            "a:a.zip",
            Select(
                "requires-python = '>=3.11'\n" + Package("a"),
                environment: Linux.With("python_full_version", "3.12.0+")
            )
        );

    [Fact]
    public void Two_entries_of_one_name_are_an_error_where_both_hold()
    {
        var windows = Package("a", "marker = \"sys_platform == 'win32'\"");

        Assert.Equal("a:a.zip", Select(windows + Package("a")));
        Assert.Contains(
            "a second entry of a that holds here, the first in line 3",
            Select(Package("a") + Package("a")),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Dependencies_are_not_asked() =>
        Assert.Equal("a:a.zip", Select(Package("a", "dependencies = [{name = 'missing'}]")));

    [Fact]
    public void A_marker_that_cannot_be_judged_is_an_error() =>
        Assert.Contains("the marker", Select(Package("a", "marker = \"extra == 'x'\"")), StringComparison.Ordinal);

    [Fact]
    public void The_wheel_with_the_best_tag_comes_first_whatever_the_order()
    {
        Assert.Equal(
            "a:a-1-cp311-cp311-linux_x86_64.whl",
            Select(
                Package(
                    "a",
                    source: Wheels(
                        "a-1-py3-none-any.whl",
                        "a-1-cp311-cp311-linux_x86_64.whl",
                        "a-1-cp312-cp312-linux_x86_64.whl"
                    )
                )
            )
        );
        Assert.Equal(
            "a:a-1-10-py3-none-any.whl",
            Select(
                Package(
                    "a",
                    source: Wheels(
                        "a-1-py3-none-any.whl",
                        "a-1-9-py3-none-any.whl",
                        "a-1-10-py3-none-any.whl",
                        "a-1-1a-py3-none-any.whl"
                    )
                )
            )
        );
    }

    [Fact]
    public void The_sdist_comes_after_wheels_that_do_not_fit()
    {
        const string sdist = "\nsdist = {path = 'a-1.tar.gz', hashes = {sha256 = 'a'}}";

        Assert.Equal("a:a-1.tar.gz", Select(Package("a", source: Wheels("a-1-cp39-cp39-win32.whl") + sdist)));
        Assert.Equal("a:a-1-py3-none-any.whl", Select(Package("a", source: Wheels("a-1-py3-none-any.whl") + sdist)));
        Assert.Contains(
            "no wheel of a that this interpreter can use, and no sdist (only a-1-cp39-cp39-win32.whl)",
            Select(Package("a", source: Wheels("a-1-cp39-cp39-win32.whl"))),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Trees_are_taken_as_they_are() =>
        Assert.Equal(
            "a:abc b:../b",
            Select(
                Package("a", source: "vcs = {type = 'git', url = 'u', commit-id = 'abc'}")
                    + Package("b", source: "directory = {path = '../b'}")
            )
        );
}

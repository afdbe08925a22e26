using Resolver.Packaging.Lockfiles;

namespace Resolver.Packaging.Tests.Lockfiles;

/// <summary>PEP 751, "File Name" and "File Format".</summary>
public sealed class PyLockReadingTests
{
    private const string Head = "lock-version = '1.0'\ncreated-by = 'test'\n";
    private const string Source = "archive = {path = 'x.tar.gz', hashes = {sha256 = 'aa'}}\n";

    private static PyLock Read(string text) => PyLock.TryParse(text).Value;

    private static string[] Errors(string text) => [.. PyLock.Validate(text).Select(e => e.ToString())];

    [Theory]
    [InlineData("pylock.toml", true)]
    [InlineData("pylock.dev.toml", true)]
    [InlineData("pylock.a-b_c.toml", true)]
    [InlineData("pylock..toml", false)]
    [InlineData("pylock.a.b.toml", false)]
    [InlineData("Pylock.toml", false)]
    [InlineData("pylock.toml.bak", false)]
    [InlineData("xpylock.toml", false)]
    public void Lock_files_have_one_name_pattern(string name, bool expected) =>
        Assert.Equal(expected, PyLock.IsFileName(name));

    [Fact]
    public void A_lock_of_nothing_is_a_lock()
    {
        var file = Read(Head + "packages = []\n");

        Assert.Empty(file.Packages);
        Assert.Equal(("1.0", "test"), (file.LockVersion, file.CreatedBy));
        Assert.Equal((null, null, null), (file.Environments, file.Extras, file.Tool));
    }

    [Theory]
    [InlineData("created-by = 't'\npackages = []\n", "no key 'lock-version'")]
    [InlineData("lock-version = '1.0'\npackages = []\n", "no key 'created-by'")]
    [InlineData(Head, "no key 'packages'")]
    [InlineData("lock-version = 1.0\ncreated-by = 't'\npackages = []\n", "the number 1 under 'lock-version'")]
    [InlineData("lock-version = '2.0'\ncreated-by = 't'\npackages = 3\n", "lock-version 2.0")]
    [InlineData("lock-version = 'one'\ncreated-by = 't'\npackages = []\n", "lock-version 'one'")]
    [InlineData("lock-version = '1.0-beta'\ncreated-by = 't'\npackages = []\n", "lock-version '1.0-beta'")]
    [InlineData("lock-version = ''\ncreated-by = 't'\npackages = []\n", "lock-version ''")]
    [InlineData(Head + "environments = ['nonsense']\npackages = []\n", "packages")]
    [InlineData(Head + "packages = {}\n", "a table under 'packages'")]
    public void The_top_level_is_checked(string text, string found) =>
        Assert.Contains(
            found == "packages" ? "environments" : found,
            Assert.Single(Errors(text)),
            StringComparison.Ordinal
        );

    [Fact]
    public void A_later_minor_version_and_unknown_keys_warn()
    {
        var file = Read(
            "lock-version = '1.1'\ncreated-by = 't'\nfuture = 1\n[[packages]]\nname = 'x'\nnew = 2\n" + Source
        );

        Assert.Equal([1, 3, 6], file.Warnings.Select(w => w.Line));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("1.0")]
    [InlineData("1.0.0")]
    public void Lock_versions_are_compared_as_numbers(string version) =>
        Assert.Empty(Read($"lock-version = '{version}'\ncreated-by = 't'\npackages = []\n").Warnings);

    [Theory]
    [InlineData("x-1.tar.gz", 0)]
    [InlineData("X-1.0.zip", 0)]
    [InlineData("python-x_1.orig.tar.gz", 1)]
    [InlineData("y-1.tar.gz", 1)]
    [InlineData("x-2.tar.gz", 1)]
    public void An_sdist_with_a_strange_name_warns(string name, int warnings) =>
        Assert.Equal(
            warnings,
            Read(
                Head + $"[[packages]]\nname = 'x'\nversion = '1'\nsdist = {{path = '{name}', hashes = {{a = 'b'}}}}\n"
            ).Warnings.Count
        );

    [Fact]
    public void Every_key_is_read()
    {
        var file = Read(
            """
            lock-version = '1.0'
            environments = ["sys_platform == 'linux'"]
            requires-python = '>=3.9'
            extras = ['A_b']
            dependency-groups = ['dev']
            default-groups = ['main']
            created-by = 'test'
            [[packages]]
            name = 'x'
            version = '1.0'
            marker = "'dev' in dependency_groups or 'a-b' in extras"
            requires-python = '>=3.8'
            dependencies = [{name = 'y', version = '2'}]
            index = 'https://i/simple'
            sdist = {name = 'x-1.0.tar.gz', upload-time = 2025-01-25T11:30:10.5Z, url = 'https://i/x', path = 'sub/x', size = 3, hashes = {SHA256 = 'AB', md5 = 'c'}}
            [[packages.wheels]]
            url = 'https://i/x-1.0-py3-none-any.whl?q#f'
            hashes = {sha256 = 'cc'}
            [[packages.attestation-identities]]
            kind = 'GitHub'
            [packages.tool.me]
            k = 1
            [[packages]]
            name = 'g'
            vcs = {type = 'git', url = 'https://h/g', requested-revision = 'main', commit-id = 'abc', subdirectory = 's/t'}
            [[packages]]
            name = 'd'
            directory = {path = '../d', editable = true}
            [tool.me]
            when = 2025-01-01
            """
        );

        Assert.Empty(file.Warnings);
        Assert.Equal(
            ("sys_platform == \"linux\"", ">=3.9", "a-b", "dev", "main"),
            (
                file.Environments!.Single().ToString(),
                file.RequiresPython!.ToString(),
                file.Extras!.Single().ToString(),
                file.DependencyGroups!.Single(),
                file.DefaultGroups!.Single()
            )
        );
        var x = file.Packages[0];
        Assert.Equal(
            ("x", "1.0", ">=3.8", "https://i/simple", 8),
            (x.Name.ToString(), x.Version.ToString(), x.RequiresPython!.ToString(), x.Index, x.Line)
        );
        Assert.Equal(
            ("x-1.0.tar.gz", 3L, "ab", "c"),
            (x.Sdist!.FileName, x.Sdist.Size, x.Sdist.Hash("sha256"), x.Sdist.Hash("md5"))
        );
        Assert.Equal(new DateTimeOffset(2025, 1, 25, 11, 30, 10, 500, TimeSpan.Zero), x.Sdist.UploadTime);
        Assert.Equal("x-1.0-py3-none-any.whl", x.Wheels!.Single().FileName);
        Assert.Equal(
            ("y", "GitHub", true),
            (x.Dependencies!.Single().Text("name"), x.AttestationIdentities!.Single().Text("kind"), x.Tool!.Has("me"))
        );
        Assert.Equal(
            new LockedVersionControl("git", "https://h/g", null, "main", "abc", "s/t"),
            file.Packages[1].VersionControl
        );
        Assert.Equal(new LockedDirectory("../d", true, null), file.Packages[2].Directory);
        Assert.True(file.Tool!.Table("me")!.Has("when"));
    }

    [Theory]
    [InlineData("version = '1'\n" + Source, "no key 'packages.name'")]
    [InlineData("name = 'X_y'\n" + Source, "'X_y'")]
    [InlineData("name = 'x'\nversion = 'one'\n" + Source, "packages.version 'one'")]
    [InlineData("name = 'x'\nmarker = 'no'\n" + Source, "packages.marker 'no'")]
    [InlineData("name = 'x'\n", "no source of 'x'")]
    [InlineData("name = 'x'\nwheels = []\n", "no source of 'x'")]
    [InlineData("name = 'x'\n" + Source + "directory = {path = '.'}\n", "directory and archive of 'x'")]
    [InlineData(
        "name = 'x'\n" + Source + "sdist = {path = 'x.tar.gz', hashes = {a = 'b'}}\n",
        "archive and sdist or wheels of 'x'"
    )]
    [InlineData("name = 'x'\nversion = '1'\ndirectory = {path = '.'}\n", "a version of the source tree 'x'")]
    [InlineData("name = 'x'\ndirectory = {}\n", "no key 'packages.directory.path'")]
    [InlineData("name = 'x'\ndirectory = {path = '.', subdirectory = '../y'}\n", "the subdirectory '../y'")]
    [InlineData("name = 'x'\nvcs = {type = 'git', commit-id = 'a'}\n", "neither 'url' nor 'path'")]
    [InlineData("name = 'x'\nvcs = {url = 'u', commit-id = 'a'}\n", "no key 'packages.vcs.type'")]
    [InlineData("name = 'x'\narchive = {path = 'a'}\n", "no key 'hashes'")]
    [InlineData("name = 'x'\narchive = {path = 'a', hashes = {}}\n", "an empty table 'hashes'")]
    [InlineData("name = 'x'\narchive = {path = 'a', hashes = {sha256 = 1}}\n", "the integer 1 in 'hashes'")]
    [InlineData("name = 'x'\narchive = {path = 'a', hashes = {A = '1', a = '2'}}\n", "the algorithm 'a' twice")]
    [InlineData("name = 'x'\narchive = {path = 'a', size = -1, hashes = {a = 'b'}}\n", "the size -1")]
    [InlineData(
        "name = 'x'\narchive = {path = 'a', size = true, hashes = {a = 'b'}}\n",
        "true under 'packages.archive.size'"
    )]
    [InlineData(
        "name = 'x'\narchive = {path = 'a', upload-time = 2025-01-01T00:00:00+01:00, hashes = {a = 'b'}}\n",
        "the date 2025-01-01T00:00:00+01:00"
    )]
    [InlineData("name = 'x'\nwheels = [{path = 'x.whl', hashes = {a = 'b'}}]\n", "the wheel's file name 'x.whl'")]
    [InlineData(
        "name = 'x'\nwheels = [{path = 'y-1-py3-none-any.whl', hashes = {a = 'b'}}]\n",
        "the wheel 'y-1-py3-none-any.whl'"
    )]
    [InlineData(
        "name = 'x'\nversion = '2'\nwheels = [{path = 'x-1-py3-none-any.whl', hashes = {a = 'b'}}]\n",
        "the wheel 'x-1-py3-none-any.whl'"
    )]
    [InlineData(
        "name = 'x'\narchive = {path = 'a', upload-time = 2025-01-01, hashes = {a = 'b'}}\n",
        "the date 2025-01-01"
    )]
    [InlineData("name = 'x'\nsdist = {path = 'dir/', hashes = {a = 'b'}}\n", "the file name ''")]
    [InlineData(
        "name = 'x'\nattestation-identities = [{}]\n" + Source,
        "no key 'packages.attestation-identities.kind'"
    )]
    [InlineData("name = 'x'\ndependencies = [{}]\n" + Source, "an empty table in 'packages.dependencies'")]
    public void A_package_is_checked(string package, string found)
    {
        var error = Assert.Single(Errors(Head + "[[packages]]\n" + package));

        Assert.Contains(found, error, StringComparison.Ordinal);
        Assert.Matches(@"^pylock\.toml:\d+:\d+: expected ", error);
    }

    [Fact]
    public void The_first_error_by_line_is_the_answer_and_all_can_be_had()
    {
        var text = Head + "[[packages]]\nname = 'x'\n[[packages]]\nname = 'y'\n";

        Assert.Equal(2, PyLock.Validate(text).Count);
        Assert.Equal(PyLock.Validate(text)[0], PyLock.TryParse(text).Error);
    }

    [Theory]
    [InlineData("n", "p/a", "u/b", "n")]
    [InlineData(null, "p/a", "u/b", "a")]
    [InlineData(null, "p\\a", "u/b", "a")]
    [InlineData(null, null, "https://h/b%2B1.whl?x#y", "b+1.whl")]
    [InlineData(null, null, null, "")]
    public void A_files_name_is_what_is_written_then_of_the_path_then_of_the_URL(
        string? name,
        string? path,
        string? url,
        string expected
    ) =>
        Assert.Equal(
            expected,
            new LockedFile
            {
                Name = name,
                Path = path,
                Url = url,
                Hashes = [],
            }.FileName
        );
}

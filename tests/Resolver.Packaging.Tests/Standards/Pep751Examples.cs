using Resolver.Packaging.Lockfiles;
using Resolver.Packaging.Markers;
using Resolver.Packaging.Names;
using Resolver.Packaging.Parsing;
using Resolver.Packaging.Tags;

namespace Resolver.Packaging.Tests.Standards;

/// <summary>PEP 751 (lock files) as examples, one row each. The environment is CPython 3.11 on Linux.</summary>
public sealed class Pep751Examples
{
    private const string Head = "lock-version = '1.0'\ncreated-by = 'test'\n";
    private const string Archive = "archive = {path = 'a.zip', hashes = {sha256 = 'a'}}";
    private const string PureWheel = "{path = 'a-1-py3-none-any.whl', hashes = {sha256 = 'a'}}";
    private const string LinuxWheel = "{path = 'a-1-cp311-cp311-linux_x86_64.whl', hashes = {sha256 = 'a'}}";
    private const string WindowsWheel = "{path = 'a-1-cp311-cp311-win_amd64.whl', hashes = {sha256 = 'a'}}";
    private const string Sdist = "sdist = {path = 'a-1.tar.gz', hashes = {sha256 = 'a'}}";

    [Theory]
    [InlineData("pylock.toml", true)]
    [InlineData("pylock.spam.toml", true)]
    [InlineData("pylock..toml", false)]
    [InlineData("pylock.spam.eggs.toml", false)]
    [InlineData("PYLOCK.toml", false)]
    [InlineData("lock.toml", false)]
    public void File_name_is_valid(string name, bool valid) => Assert.Equal(valid, PyLock.IsFileName(name));

    [Theory]
    [InlineData("created-by = 't'\npackages = []")]
    [InlineData("lock-version = '1.0'\npackages = []")]
    [InlineData("lock-version = '1.0'\ncreated-by = 't'")]
    [InlineData("lock-version = '2.0'\ncreated-by = 't'\npackages = []")]
    [InlineData(Head + "[[packages]]\nname = 'a'\n")]
    [InlineData(Head + "[[packages]]\nname = 'A_b'\n" + Archive)]
    [InlineData(Head + "[[packages]]\nname = 'a'\nversion = 'one'\n" + Archive)]
    [InlineData(Head + "[[packages]]\nname = 'a'\n" + Archive + "\n" + Sdist)]
    [InlineData(Head + "[[packages]]\nname = 'a'\narchive = {path = 'a.zip'}")]
    [InlineData(Head + "[[packages]]\nname = 'a'\narchive = {hashes = {sha256 = 'a'}}")]
    [InlineData(Head + "[[packages]]\nname = 'a'\nmarker = 'nonsense'\n" + Archive)]
    public void Text_is_no_lock_file(string text) => Assert.False(PyLock.TryParse(text).Success);

    /// <summary>"Installation": a package whose marker is false is skipped; wheels come before the sdist, the best
    /// tag first.</summary>
    [Theory]
    [InlineData(Archive, "a.zip")]
    [InlineData("marker = \"sys_platform == 'linux'\"\n" + Archive, "a.zip")]
    [InlineData("marker = \"sys_platform == 'win32'\"\n" + Archive, "")]
    [InlineData("marker = \"'docs' in extras\"\n" + Archive, "")]
    [InlineData("marker = \"'test' in extras\"\n" + Archive, "a.zip")]
    [InlineData("marker = \"'dev' in dependency_groups\"\n" + Archive, "a.zip")]
    [InlineData("marker = \"'lint' in dependency_groups\"\n" + Archive, "")]
    [InlineData(Sdist, "a-1.tar.gz")]
    [InlineData("wheels = [" + PureWheel + "]\n" + Sdist, "a-1-py3-none-any.whl")]
    [InlineData("wheels = [" + PureWheel + ", " + LinuxWheel + "]", "a-1-cp311-cp311-linux_x86_64.whl")]
    [InlineData("wheels = [" + WindowsWheel + "]\n" + Sdist, "a-1.tar.gz")]
    [InlineData("directory = {path = 'src/a'}", "src/a")]
    [InlineData("vcs = {type = 'git', url = 'https://example.org/a', commit-id = 'abc'}", "abc")]
    public void Environment_gets_a_file(string package, string file) =>
        Assert.Equal(file, string.Join(' ', Select(package).Value.Select(each => NameOf(each.Source))));

    [Theory]
    [InlineData("wheels = [" + WindowsWheel + "]")]
    [InlineData("requires-python = '>=3.12'\n" + Archive)]
    [InlineData(Archive + "\n[[packages]]\nname = 'a'\nversion = '2'\n" + Archive)]
    public void Lock_file_does_not_suit_the_environment(string package) => Assert.False(Select(package).Success);

    private static DocumentResult<IReadOnlyList<SelectedPackage>> Select(string package)
    {
        var text =
            Head
            + "extras = ['test', 'docs']\ndependency-groups = ['dev', 'lint']\n"
            + $"[[packages]]\nname = 'a'\n{package}\n";
        SupportedTags tags = new([new Tag("cp311", "cp311", "linux_x86_64"), new Tag("py3", "none", "any")]);
        return PyLock
            .TryParse(text)
            .Value.Select(MarkerEnvironment.CPython311OnLinux, tags, [ExtraName.Parse("test")], ["dev"]);
    }

    private static string NameOf(LockedSource source) =>
        source switch
        {
            LockedSource.Wheel wheel => wheel.File.FileName,
            LockedSource.Sdist sdist => sdist.File.FileName,
            LockedSource.Archive archive => archive.File.FileName,
            LockedSource.VersionControl repository => repository.Repository.CommitId,
            LockedSource.Directory directory => directory.Folder.Path,
            _ => "",
        };
}

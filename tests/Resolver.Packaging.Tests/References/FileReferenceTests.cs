using Resolver.Packaging.Hashes;
using Resolver.Packaging.References;
using Resolver.Packaging.Requirements;
using Xunit;

namespace Resolver.Packaging.Tests.References;

/// <summary>References to files (PEP 508 "direct references", RFC 8089).</summary>
public sealed class FileReferenceTests
{
    [Theory]
    [InlineData("file:///x", "/x")]
    [InlineData("FILE:///x", "/x")]
    [InlineData("file:/x", "/x")]
    [InlineData("file:/a%20b/c/", "/a b/c")]
    [InlineData("file://localhost/x", "/x")]
    [InlineData("file://LOCALHOST/x", "/x")]
    [InlineData("file:///dir/", "/dir")]
    [InlineData("file:///dir//", "/dir")]
    [InlineData("file:///", "/")]
    [InlineData("file:///a%20b/%23c", "/a b/#c")]
    [InlineData("file:///caf%C3%A9", "/café")]
    [InlineData("file:///x?version=1", "/x")]
    [InlineData("file:///x%3F", "/x?")]
    public void File_url_is_an_absolute_path(string text, string path) =>
        Assert.Equal(path, FileReference.Parse(text).LocalPath);

    [Theory]
    [InlineData("file:x")]
    [InlineData("file:../x")]
    [InlineData("file://")]
    [InlineData("file://host/x")]
    [InlineData("file:///a%00b")]
    [InlineData("./x")]
    [InlineData("/x")]
    [InlineData("x.whl")]
    [InlineData("")]
    [InlineData("https:x")]
    [InlineData("file:///x#subdirectory=../y")]
    [InlineData("file:///x#egg=a-")]
    [InlineData("file:///x#egg=a[")]
    [InlineData("file:///x#sha256=xyz")]
    [InlineData("file:///x#sha256=")]
    [InlineData("file:///x#blake2b=00")]
    public void Malformed_reference_is_an_error(string text) => Assert.False(FileReference.TryParse(text).Success);

    [Fact]
    public void Fragment_holds_folder_name_extras_and_any_number_of_hashes()
    {
        var read = FileReference.Parse(
            "file:///x.tar.gz#egg=Some_Name[b,a]&subdirectory=/a%20b/c/&sha256=AB&md5=cd&other=1&sha512=ef"
        );

        Assert.Equal("some-name", read.Egg!.Value.Normalized);
        Assert.Equal(["b", "a"], read.EggExtras.Select(each => each.Normalized));
        Assert.Equal("a b/c", read.Subdirectory);
        Assert.Equal("/x.tar.gz#subdirectory=a b/c", read.LocalPlace);
        Assert.Equal(
            [new(HashKind.Sha256, "ab"), new(HashKind.Md5, "cd"), new FileHash(HashKind.Sha512, "ef")],
            read.Hashes
        );
    }

    [Theory]
    [InlineData("md5")]
    [InlineData("sha1")]
    [InlineData("sha224")]
    [InlineData("sha256")]
    [InlineData("sha384")]
    [InlineData("sha512")]
    public void Each_algorithm_of_pip_is_a_hash(string algorithm) =>
        Assert.Equal(
            $"{algorithm}=00",
            Assert.Single(FileReference.Parse($"file:///x#{algorithm}=00").Hashes).ToString()
        );

    [Theory]
    [InlineData("https://host.example/dir/a%2Bb-1.0.tar.gz?x#sha256=00", "a+b-1.0.tar.gz", false)]
    [InlineData("git+https://host.example/owner/name.git@v1", "name.git@v1", true)]
    [InlineData("git+ssh://git@host.example/owner/name", "name", true)]
    public void Remote_reference_has_a_file_name_and_no_path(string text, string name, bool isVersionControl)
    {
        var read = FileReference.Parse(text);

        Assert.Equal((null, name, isVersionControl), (read.LocalPath, read.FileName, read.IsVersionControl));
    }

    [Theory]
    [InlineData("/a b/#c;[d]%é", null)]
    [InlineData("/x.tar.gz", "a b/c")]
    public void Url_of_a_path_leads_back_to_it(string path, string? subdirectory)
    {
        var read = FileReference.Parse(FileReference.UrlOf(path, subdirectory));

        Assert.Equal((path, subdirectory), (read.LocalPath, read.Subdirectory));
    }

    [Fact]
    public void Requirement_with_a_path_in_place_of_a_url_has_a_malformed_reference()
    {
        Assert.False(Requirement.Parse("name @ ./x").Reference!.Value.Success);
        Assert.Null(Requirement.Parse("name @ ./x").ValidReference);
        Assert.Equal("/x", Requirement.Parse("name @ file:///x").ValidReference!.LocalPath);
        Assert.Null(Requirement.Parse("name").Reference);
    }
}

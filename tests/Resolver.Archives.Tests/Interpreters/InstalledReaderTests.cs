using Resolver.Archives.Interpreters;
using Xunit;

namespace Resolver.Archives.Tests.Interpreters;

/// <summary>Prefixes and site directories read without an interpreter.</summary>
public sealed class InstalledReaderTests
{
    private const string Metadata = "Metadata-Version: 2.1\nName: a\nVersion: 1.0\nRequires-Dist: b\n";

    [Theory]
    [InlineData("lib/python3.11/site-packages")]
    [InlineData("local/lib/python3.11/dist-packages")]
    [InlineData("lib/python3/dist-packages")]
    [InlineData("lib64/python3.14/site-packages")]
    [InlineData("Lib/site-packages")]
    public void The_layouts_of_a_prefix_are_known(string layout)
    {
        using var scratch = new Scratch();
        scratch.Write($"{layout}/a-1.0.dist-info/METADATA", Metadata);

        var read = Assert.Single(InstalledReader.Read(scratch.Folder));

        Assert.Equal($"{scratch.Folder}/{layout}/a-1.0.dist-info", read.Path);
        Assert.Equal("b", Assert.Single(read.RequiresDist!).ToString());
    }

    [Fact]
    public void A_directory_that_holds_metadata_is_a_site_directory_itself()
    {
        using var scratch = new Scratch();
        scratch.Write("a-1.0.dist-info/METADATA", Metadata);
        scratch.Write("old-2.0.egg-info", "Metadata-Version: 1.1\nName: old\nVersion: 2.0\n");
        scratch.Write("egg-3.0-py3.11.egg/EGG-INFO/PKG-INFO", "Metadata-Version: 1.1\nName: egg\nVersion: 3.0\n");
        scratch.Write("egg-3.0-py3.11.egg/EGG-INFO/requires.txt", "a\n[x]\nb\n");

        var read = InstalledReader.Read(scratch.Folder);

        Assert.Equal(["a", "egg", "old"], read.Select(d => d.Name.ToString()));
        Assert.Equal(["a", "b; extra == \"x\""], read[1].RequiresDist!.Select(r => r.ToString()));
    }

    [Fact]
    public void A_link_between_lib64_and_lib_does_not_count_twice()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need rights on Windows");
        using var scratch = new Scratch();
        scratch.Write("lib/python3.11/site-packages/a-1.0.dist-info/METADATA", Metadata);
        Directory.CreateSymbolicLink(scratch["lib64"], "lib");

        Assert.Single(InstalledReader.Read(scratch.Folder));
    }

    [Fact]
    public void A_dist_info_without_metadata_has_a_line()
    {
        using var scratch = new Scratch();
        scratch.Write("a-1.0.dist-info/RECORD", "");

        Assert.Equal("metadata-invalid", Assert.Single(Assert.Single(InstalledReader.Read(scratch.Folder)).Problems).Code);
    }

    [Fact]
    public void An_empty_prefix_has_nothing()
    {
        using var scratch = new Scratch();

        Assert.Empty(InstalledReader.Read(scratch.Folder));
    }
}

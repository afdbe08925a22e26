using Resolver.Packaging.FileNames;
using Resolver.Packaging.Tags;

namespace Resolver.Packaging.Tests.Standards;

/// <summary>PEP 425 (tags), PEP 427 (names of wheels), PEP 600 and PEP 656 (Linux platforms) and PEP 625 (names of
/// sdists) as examples, one row each.</summary>
public sealed class Pep425Examples
{
    [Theory]
    [InlineData("distribution-1.0-1-py27-none-any.whl", "distribution", "1.0", "py27-none-any")]
    [InlineData("foo-1.0-py2.py3-none-any.whl", "foo", "1.0", "py2-none-any py3-none-any")]
    [InlineData("pip-18.0-py2.py3-none-any.whl", "pip", "18.0", "py2-none-any py3-none-any")]
    [InlineData("Foo_Bar-1.0.dev1-cp311-abi3-win32.whl", "foo-bar", "1.0.dev1", "cp311-abi3-win32")]
    [InlineData(
        "numpy-1.26.4-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
        "numpy",
        "1.26.4",
        "cp311-cp311-manylinux2014_x86_64 cp311-cp311-manylinux_2_17_x86_64"
    )]
    public void Wheel_name_has_parts(string file, string project, string version, string tags)
    {
        var wheel = WheelFileName.Parse(file);

        Assert.Equal((project, version), (wheel.Name.Normalized, wheel.Version.ToString()));
        Assert.Equal(tags, string.Join(' ', wheel.Tags.Select(tag => tag.ToString()).Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("foo-1.0.whl")]
    [InlineData("foo-1.0-py3-none.whl")]
    [InlineData("foo-1.0-x-py3-none-any.whl")]
    [InlineData("foo-one-py3-none-any.whl")]
    [InlineData("foo-1.0-py3-none-any.zip")]
    [InlineData("foo-1.0-1-py3-none-any-more.whl")]
    public void Text_is_no_wheel_name(string file) => Assert.False(WheelFileName.TryParse(file).Success);

    [Theory]
    [InlineData("foo-1.0.tar.gz", "foo", "1.0")]
    [InlineData("foo_bar-1.0a1.tar.gz", "foo-bar", "1.0a1")]
    [InlineData("foo-bar-1.0.zip", "foo-bar", "1.0")]
    public void Sdist_name_has_parts(string file, string project, string version)
    {
        var sdist = SdistFileName.Parse(file);

        Assert.Equal((project, version), (sdist.Name.Normalized, sdist.Version.ToString()));
    }

    /// <summary>Of CPython 3.11 on x86-64 Linux with glibc 2.36.</summary>
    [Theory]
    [InlineData("cp311-cp311-linux_x86_64", true)]
    [InlineData("cp311-cp311-manylinux_2_36_x86_64", true)]
    [InlineData("cp311-cp311-manylinux_2_17_x86_64", true)]
    [InlineData("cp311-cp311-manylinux2014_x86_64", true)]
    [InlineData("cp311-cp311-manylinux2010_x86_64", true)]
    [InlineData("cp311-cp311-manylinux1_x86_64", true)]
    [InlineData("cp311-abi3-manylinux_2_28_x86_64", true)]
    [InlineData("cp39-abi3-manylinux_2_28_x86_64", true)]
    [InlineData("cp311-none-any", true)]
    [InlineData("py311-none-any", true)]
    [InlineData("py3-none-any", true)]
    [InlineData("py30-none-any", true)]
    [InlineData("py3-none-linux_x86_64", true)]
    [InlineData("cp311-cp311-manylinux_2_37_x86_64", false)]
    [InlineData("cp311-cp311-musllinux_1_2_x86_64", false)]
    [InlineData("cp311-cp311-manylinux_2_17_aarch64", false)]
    [InlineData("cp312-cp312-linux_x86_64", false)]
    [InlineData("cp312-abi3-linux_x86_64", false)]
    [InlineData("cp310-cp310-linux_x86_64", false)]
    [InlineData("py312-none-any", false)]
    [InlineData("py2-none-any", false)]
    [InlineData("pp39-pypy39_pp73-linux_x86_64", false)]
    [InlineData("cp311-cp311-win_amd64", false)]
    public void Tag_is_supported(string tag, bool supported) =>
        Assert.Equal(supported, Supported.BestIndex(TagSet.TryParse(tag).Value.Tags) >= 0);

    /// <summary>From the best to the worst; the native platform comes before manylinux.</summary>
    [Theory]
    [InlineData(
        "cp311-cp311-linux_x86_64",
        "cp311-cp311-manylinux_2_36_x86_64",
        "cp311-cp311-manylinux_2_17_x86_64",
        "cp311-abi3-linux_x86_64",
        "cp311-none-linux_x86_64",
        "cp310-abi3-linux_x86_64",
        "py311-none-linux_x86_64",
        "py3-none-linux_x86_64",
        "py310-none-linux_x86_64",
        "cp311-none-any",
        "py311-none-any",
        "py3-none-any",
        "py310-none-any"
    )]
    public void More_specific_tag_is_better(params string[] tags)
    {
        var ranks = tags.Select(tag => Supported.BestIndex(TagSet.TryParse(tag).Value.Tags)).ToArray();

        Assert.All(ranks, rank => Assert.True(rank >= 0));
        Assert.Equal(ranks.Order(), ranks);
    }

    private static SupportedTags Supported { get; } =
        SupportedTags.ForCPython(3, 11, PlatformTags.Linux("x86_64", glibc: (2, 36)));
}

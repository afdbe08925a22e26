using Resolver.Packaging.FileNames;
using Resolver.Packaging.Tags;
using Xunit;

namespace Resolver.Packaging.Tests.Tags;

/// <summary>PEP 425 and its successors.</summary>
public sealed class SupportedTagsTests
{
    private static readonly IReadOnlyList<string> Linux = PlatformTags.Linux("x86_64", glibc: (2, 36));

    [Fact]
    public void The_best_tag_of_a_wheel_counts()
    {
        var tags = SupportedTags.ForCPython(3, 11, Linux);
        var order = new[]
        {
            "a-1-cp311-cp311-manylinux_2_17_x86_64.whl",
            "a-1-cp37-abi3-manylinux2014_x86_64.whl",
            "a-1-py2.py3-none-any.whl",
        }
            .Select(name => tags.BestIndex(WheelFileName.Parse(name).Tags))
            .ToArray();
        Assert.All(order, index => Assert.True(index >= 0));
        Assert.Equal(order.Order(), order);
        Assert.Equal(-1, tags.BestIndex(WheelFileName.Parse("a-1-cp311-cp311-manylinux_2_37_x86_64.whl").Tags));
        Assert.Equal(-1, tags.BestIndex(WheelFileName.Parse("a-1-cp312-abi3-manylinux_2_17_x86_64.whl").Tags));
        Assert.Equal(-1, tags.BestIndex([]));
    }

    [Fact]
    public void Free_threaded_builds_do_not_take_the_ordinary_stable_ABI()
    {
        var tags = SupportedTags.For(
            "cp",
            new(3, 14),
            InterpreterTags.CPythonAbis(new(3, 14), freeThreaded: true),
            Linux
        );
        Assert.DoesNotContain(tags.Tags, tag => tag.Abi == "abi3");
        Assert.Contains(new Tag("cp313", "abi3t", "linux_x86_64"), tags.Tags);
        Assert.Equal("cp314t", tags.Tags[0].Abi);
    }

    [Theory]
    [InlineData(3, 12, false, false, "cp312")]
    [InlineData(3, 12, true, false, "cp312")] // no such build before 3.13
    [InlineData(3, 13, true, false, "cp313t")]
    [InlineData(3, 14, true, true, "cp314td cp314t")]
    [InlineData(3, 8, false, true, "cp38d cp38")]
    [InlineData(3, 7, false, false, "cp37m")]
    [InlineData(3, 7, false, true, "cp37dm")]
    [InlineData(2, 7, false, false, "cp27mu")]
    public void The_names_of_ABIs_follow_the_build(int major, int minor, bool freeThreaded, bool debug, string abis) =>
        Assert.Equal(abis, string.Join(' ', InterpreterTags.CPythonAbis(new(major, minor), freeThreaded, debug)));

    [Fact]
    public void A_compressed_set_stands_for_each_combination_once()
    {
        var set = TagSet.TryParse("py3.py2.py3-none-any.linux_x86_64").Value;
        Assert.Equal(
            ["py3-none-any", "py3-none-linux_x86_64", "py2-none-any", "py2-none-linux_x86_64"],
            set.Tags.Select(tag => tag.ToString())
        );
        Assert.False(set.IsSorted);
    }

    [Fact]
    public void A_set_of_billions_is_refused()
    {
        var many = string.Join('.', Enumerable.Range(0, 2_000).Select(i => $"a{i}"));
        Assert.False(TagSet.TryParse($"{many}-{many}-{many}").Success);
    }

    [Fact]
    public void A_build_tag_is_a_number_and_a_rest()
    {
        Assert.Equal((12, "b"), WheelFileName.Parse("a-1-012b-py3-none-any.whl").BuildTag);
        Assert.Null(WheelFileName.Parse("a-1-py3-none-any.whl").BuildTag);
        Assert.False(WheelFileName.TryParse("a-1-b12-py3-none-any.whl").Success);
    }

    [Fact]
    public void A_source_distribution_is_split_at_its_last_hyphen()
    {
        var sdist = SdistFileName.Parse("Zope.Interface-6.0.tar.gz");
        Assert.Equal(
            ("zope-interface", "Zope.Interface", "6.0", ".tar.gz"),
            (sdist.Name.Normalized, sdist.RawName, sdist.Version.ToString(), sdist.Extension)
        );
    }
}

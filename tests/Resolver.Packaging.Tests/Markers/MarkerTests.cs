using System.Collections;
using CsCheck;
using Resolver.Packaging.Markers;
using Resolver.Packaging.Names;
using Xunit;

namespace Resolver.Packaging.Tests.Markers;

/// <summary>PEP 508, "Environment Markers".</summary>
public sealed class MarkerTests
{
    private static readonly MarkerEnvironment Environment = MarkerEnvironment.CPython311OnLinux;

    /// <summary>Found by fuzzing: the readable text of a marker reads back as the same marker, whatever its values
    /// contain.</summary>
    [Theory]
    [InlineData("os_name == 'a\\nb'")]
    [InlineData("os_name == 'a\\x00b'")]
    [InlineData("os_name == 'a\\\\'")]
    [InlineData("os_name == 'a\\\\x'")]
    [InlineData("os_name == 'a\\\"\\x27b\\\\'")]
    [InlineData("python_version ~= \"3$ 0\\r\"")]
    [InlineData("'\\u00e9\\ud800' in platform_version")]
    public void Readable_text_of_a_marker_reads_back_as_the_same_marker(string text)
    {
        var marker = Marker.Parse(text);

        var again = Marker.Parse(marker.ToReadableText());

        Assert.Equal(marker.ToString(), again.ToString());
        Assert.Equal(marker, again);
    }

    [Theory]
    [InlineData("extra == 'test'", true)]
    [InlineData("extra == 'TEST'", true)]
    [InlineData("extra != 'docs'", false)]
    [InlineData("extra != 'other'", true)]
    [InlineData("extra == 'test' and extra == 'docs'", true)]
    [InlineData("extra == 'other'", false)]
    public void Extra_stands_for_the_whole_set_of_requested_extras(string marker, bool expected) =>
        Assert.Equal(
            expected,
            Marker.Parse(marker).TryEvaluate(Environment, [ExtraName.Parse("test"), ExtraName.Parse("docs")]).Value
        );

    [Theory]
    [InlineData("python_version > '3.9'", true)] // as versions, where text would put 3.11 before 3.9
    [InlineData("'3.9' < python_version", true)]
    [InlineData("python_version in '3.10 3.11'", true)]
    [InlineData("platform_release >= '6'", true)]
    [InlineData("sys_platform > 'a'", false)] // texts have no order
    [InlineData("sys_platform >= 'linux'", true)] // and are at least what they are equal to
    [InlineData("python_full_version == '3.11.*'", true)]
    public void Fields_that_hold_versions_compare_as_versions_and_others_as_text(string marker, bool expected) =>
        Assert.Equal(expected, Marker.Parse(marker).TryEvaluate(Environment, []).Value);

    /// <summary>A project may have ten thousand extras, and a requirement for each.</summary>
    [Theory]
    [InlineData("extra == 'e7'", true)]
    [InlineData("extra == 'E_7'", false)]
    [InlineData("extra == 'x'", false)]
    [InlineData("extra != 'e7'", false)]
    [InlineData("extra != 'x' and os_name == 'posix'", true)]
    public void Whether_one_extra_is_requested_is_looked_up_and_not_searched_for(string marker, bool expected)
    {
        var requested = new NotEnumerable([.. Enumerable.Range(0, 10).Select(i => ExtraName.Parse($"e{i}"))]);

        Assert.Equal(expected, Marker.Parse(marker).TryEvaluate(Environment, requested).Value);
    }

    [Fact]
    public void An_error_anywhere_is_the_result()
    {
        Assert.False(Marker.Parse("os_name == 'posix' or sys_platform ~= '1'").TryEvaluate(Environment, []).Success);
        Assert.False(
            Marker.Parse("os_name == 'nt' and 'x' == 'unknown_variable'").TryEvaluate(Environment, []).Success
        );
    }

    [Fact]
    public void A_build_between_releases_has_a_version_all_the_same() =>
        Assert.True(
            Marker
                .Parse("python_full_version >= '3.12.0a1'")
                .TryEvaluate(Environment.With("python_full_version", "3.12.0a1+"), [])
                .Value
        );

    [Fact]
    public void Joining_markers_keeps_their_meaning_and_can_be_read_back()
    {
        var both = Marker.Parse("os_name == 'nt' or os_name == 'java'").And(Marker.Parse("extra == 'x'"));
        Assert.Equal("(os_name == \"nt\" or os_name == \"java\") and extra == \"x\"", both.ToString());
        Assert.Equal(both, Marker.Parse(both.ToString()));
        Assert.True(both.MentionsExtra);
        Assert.Equal(
            "os_name == \"nt\" or extra == \"x\"",
            Marker.Parse("os_name == 'nt'").Or(Marker.Parse("extra == 'x'")).ToString()
        );
    }

    [Fact]
    public void Any_value_can_be_written_into_a_marker_and_is_read_back_from_it() =>
        Gen.String[Gen.OneOf(Gen.Char, Gen.Char["\\\"'\n\r\0\u001bnx7\ud83d\ude00"]), 0, 12]
            .Sample(
                value =>
                {
                    var written = Marker.Is("os_name", value);
                    var comparison = (MarkerExpression.Comparison)Marker.Parse(written.ToReadableText()).Expression;
                    Assert.Equal(
                        ("os_name", "==", value),
                        (comparison.Variable, comparison.Operator, comparison.Literal)
                    );
                    Assert.True(written.TryEvaluate(Environment.With("os_name", value), []).Value);
                },
                iter: 5_000
            );

    [Fact]
    public void Deep_nesting_is_an_error_and_no_crash()
    {
        var deep = new string('(', 100_000) + "os_name == 'nt'" + new string(')', 100_000);
        Assert.False(Marker.TryParse(deep).Success);
        Assert.True(Marker.TryParse(new string('(', 300) + "os_name == 'nt'" + new string(')', 300)).Success);
    }

    [Fact]
    public void Every_variable_can_be_read_and_replaced()
    {
        Assert.Equal(11, MarkerEnvironment.VariableNames.Count);
        foreach (var (name, value) in Environment.Variables)
        {
            Assert.Equal(value, Environment[name]);
            Assert.Equal("other", Environment.With(name, "other")[name]);
        }
        Assert.Null(Environment["extra"]);
        Assert.Throws<ArgumentException>(() => Environment.With("python", "3"));
    }

    /// <summary>A set that can be asked, and not walked through.</summary>
    private sealed class NotEnumerable(HashSet<ExtraName> inner)
        : ICollection<ExtraName>,
            IReadOnlyCollection<ExtraName>
    {
        public int Count => inner.Count;

        public bool IsReadOnly => true;

        public bool Contains(ExtraName item) => inner.Contains(item);

        public void Add(ExtraName item) => throw new NotSupportedException();

        public void Clear() => throw new NotSupportedException();

        public void CopyTo(ExtraName[] array, int arrayIndex) => throw new NotSupportedException();

        public bool Remove(ExtraName item) => throw new NotSupportedException();

        public IEnumerator<ExtraName> GetEnumerator() => throw new NotSupportedException();

        IEnumerator IEnumerable.GetEnumerator() => throw new NotSupportedException();
    }
}

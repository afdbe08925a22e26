using System.Globalization;
using System.Text;
using CsCheck;
using Resolver.Packaging.FileNames;
using Resolver.Packaging.Markers;
using Resolver.Packaging.Names;
using Resolver.Packaging.Parsing;
using Resolver.Packaging.Requirements;
using Resolver.Packaging.Specifiers;
using Resolver.Packaging.Tags;
using Xunit;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Packaging.Tests.Parsing;

/// <summary>No input crashes or hangs a parser. A few thousand inputs each; as many as RESOLVER_FUZZ says where it is
/// set.</summary>
public sealed class FuzzTests
{
    private static readonly long Iterations = long.TryParse(
        Environment.GetEnvironmentVariable("RESOLVER_FUZZ"),
        NumberStyles.None,
        CultureInfo.InvariantCulture,
        out var count
    )
        ? count
        : 5_000;

    /// <summary>Pieces that parsers care about, and characters that they should survive: controls, every kind of
    /// white space, digits of other scripts, lone surrogates.</summary>
    private static readonly string[] Pieces =
    [
        "1",
        "0",
        "99999999999999999999",
        ".",
        ".*",
        "1.0",
        "!",
        "+",
        "-",
        "_",
        "a",
        "rc",
        "post",
        "dev",
        "v",
        "==",
        "===",
        "~=",
        ">=",
        "<",
        "!=",
        ",",
        ";",
        "(",
        ")",
        "[",
        "]",
        "@",
        " ",
        "\t",
        "\n",
        "\r",
        "\0",
        "\u001c",
        "\u0085",
        "\u00a0",
        "\u3000",
        "\u2028",
        "'",
        "\"",
        "\\",
        "\\x4",
        "\\U00110000",
        "and",
        "or",
        "not",
        "in",
        "not in",
        "extra",
        "extras",
        "os_name",
        "os.name",
        "python_version",
        "'x'",
        "\"3.8\"",
        "foo",
        "Foo-Bar",
        "https://example.org/a.whl",
        "\u0661",
        "é",
        "ſ",
        "İ",
        "Σ",
        "中",
        "😀",
        "\ud800",
        "\udc00",
        "py3-none-any",
        ".whl",
        ".tar.gz",
        ".zip",
        "((((((((",
        "))))",
    ];

    private static readonly Gen<string> Inputs = Gen.OneOf(
        Gen.OneOf(Pieces).Array[0, 12].Select(pieces => string.Concat(pieces)),
        Gen.Char.Array[0, 20].Select(characters => new string(characters)),
        Gen.Select(
            Gen.OneOf(Pieces),
            Gen.Int[1, 3_000],
            (piece, times) => new StringBuilder().Insert(0, piece, times).ToString()
        )
    );

    [Fact]
    public void No_version_crashes() =>
        Fuzz(text =>
            (Version.TryParse(text).Error, Version.TryParse(text).Success ? Version.Parse(text).ToString() : null)
        );

    [Fact]
    public void No_specifier_crashes() =>
        Fuzz(text =>
        {
            var result = SpecifierSet.TryParse(text);
            return (
                result.Error,
                result.Success
                    ? result.Value.ToString()
                        + result.Value.Ranges
                        + result.Value.IsUnsatisfiable
                        + result.Value.Contains("1.0")
                    : null
            );
        });

    [Fact]
    public void No_marker_crashes() =>
        Fuzz(text =>
        {
            var result = Marker.TryParse(text);
            if (!result.Success)
                return (result.Error, null);
            _ = result.Value.Reduce(MarkerEnvironment.CPython311OnLinux);
            return (result.Value.TryEvaluate(MarkerEnvironment.CPython311OnLinux, []).Error, result.Value.ToString());
        });

    [Fact]
    public void No_requirement_crashes() =>
        Fuzz(text =>
            (
                Requirement.TryParse(text).Error,
                Requirement.TryParse(text) is { Success: true } result ? result.Value.ToString() : null
            )
        );

    [Fact]
    public void No_name_crashes() =>
        Fuzz(text => (PackageName.TryParse(text).Error, PackageName.Normalize(text) + ExtraName.IsNormalized(text)));

    [Fact]
    public void No_file_name_crashes() =>
        Fuzz(text =>
        {
            _ = TagSet.TryParse(text);
            var wheel = WheelFileName.TryParse("a-1-" + text + ".whl");
            return (SdistFileName.TryParse(text).Error ?? wheel.Error ?? WheelFileName.TryParse(text).Error, null);
        });

    [Fact]
    public void Long_inputs_are_read_in_reasonable_time()
    {
        const int many = 100_000;
        Assert.True(SpecifierSet.TryParse(string.Join(',', Enumerable.Range(0, many).Select(i => $"!=1.{i}"))).Success);
        Assert.True(Marker.TryParse(string.Join(" and ", Enumerable.Repeat("os_name == 'nt'", many))).Success);
        Assert.True(
            Requirement.TryParse($"a[{string.Join(',', Enumerable.Range(0, many).Select(i => $"x{i}"))}]").Success
        );
        Assert.True(Version.TryParse(string.Join('.', Enumerable.Repeat("1", many))).Success);
        Assert.False(PackageName.TryParse(new string('a', many) + new string('.', many)).Success);
        Assert.False(Requirement.TryParse("a" + new string('.', many)).Success);
    }

    private static void Fuzz(Func<string, (ParseError? Error, string? Value)> read) =>
        Inputs.Sample(
            text =>
            {
                if (read(text).Error is not { } error)
                    return;
                Assert.InRange(error.Position, 0, error.Input.Length);
                var lines = error.Render().Split('\n');
                Assert.Equal(2, lines.Length);
                Assert.EndsWith("^", lines[1], StringComparison.Ordinal);
                Assert.NotEmpty(error.ToString());
            },
            iter: Iterations
        );
}

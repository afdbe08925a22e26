using CsCheck;
using Resolver.Packaging.Markers;
using Resolver.Packaging.Markers.Regions;
using Resolver.Packaging.Specifiers;
using Xunit;

namespace Resolver.Packaging.Tests.Markers.Regions;

/// <summary>The algebra of markers: sets of environments that agree with the judge of markers on every one.</summary>
public sealed class MarkerRegionTests
{
    private static readonly string[] Comparisons =
    [
        "python_version < '3.9'",
        "python_version >= '3.9'",
        "python_version > '3.8'",
        "python_version == '3.10'",
        "python_version != '3.10'",
        "python_version ~= '3.8'",
        "python_version in '3.8 3.11'",
        "python_version not in '3.8, 3.9'",
        "'3.9' <= python_version",
        "python_version >= '3.9.1'",
        "python_version == '3.*'",
        "'3.1' in python_version",
        "python_full_version >= '3.9.2'",
        "python_full_version < '3.10.0'",
        "python_full_version == '3.9.*'",
        "python_full_version == '3.9.2'",
        "python_full_version <= '3.9.2'",
        "python_full_version == '3.9b1'",
        "sys_platform == 'linux'",
        "sys_platform != 'linux'",
        "sys_platform == 'win32'",
        "'linux' in sys_platform",
        "sys_platform in 'linux darwin'",
        "sys_platform not in 'linux darwin'",
        "sys_platform < 'x'",
        "os_name == 'nt'",
        "os_name != 'posix'",
        "platform_machine == 'x86_64'",
        "implementation_name == 'pypy'",
        "platform_release >= '5'",
        "platform_release < '6'",
        "platform_version != ''",
    ];

    private static readonly string[] Pythons =
    [
        "2.7.18",
        "3.8.0",
        "3.8.17",
        "3.9.0",
        "3.9.1",
        "3.9.2",
        "3.9.3",
        "3.10.0",
        "3.10.4",
        "3.11.7",
        "3.12.0",
        "3.21.1",
        "4.0.0",
    ];
    private static readonly string[] Platforms = ["linux", "linux2", "win32", "darwin", "sunos", ""];

    private static readonly Gen<Marker> Markers = Gen.Recursive<Marker>(
        (depth, smaller) =>
            depth > 2
                ? Gen.OneOf(Comparisons).Select(Marker.Parse)
                : Gen.Frequency(
                    (2, Gen.OneOf(Comparisons).Select(Marker.Parse)),
                    (3, Gen.Select(smaller, smaller, (left, right) => left.And(right))),
                    (3, Gen.Select(smaller, smaller, (left, right) => left.Or(right)))
                )
    );

    private static readonly Gen<MarkerEnvironment> Environments = Gen.Select(
            Gen.OneOf(Pythons),
            Gen.OneOf(Platforms),
            Gen.OneOf("posix", "nt", "java"),
            Gen.OneOf("x86_64", "arm64"),
            Gen.OneOf("cpython", "pypy"),
            Gen.OneOf("4.19", "5.10", "6.1.0-13-amd64", "6.2")
        )
        .Select(
            (python, platform, system, machine, implementation, release) =>
                MarkerEnvironment.CPython311OnLinux with
                {
                    PythonFullVersion = python,
                    PythonVersion = python[..python.LastIndexOf('.')],
                    SysPlatform = platform,
                    OsName = system,
                    PlatformMachine = machine,
                    ImplementationName = implementation,
                    PlatformRelease = release,
                }
        );

    [Fact]
    public void A_region_has_the_environments_in_which_the_marker_holds() =>
        Gen.Select(Markers, Environments)
            .Sample(
                (marker, environment) =>
                    Assert.Equal(Holds(marker, environment), MarkerRegion.Of(marker).Contains(environment)),
                iter: 2_000
            );

    [Fact]
    public void Both_either_and_not_are_those_of_logic() =>
        Gen.Select(Markers, Markers, Environments)
            .Sample(
                (left, right, environment) =>
                {
                    var (a, b) = (MarkerRegion.Of(left), MarkerRegion.Of(right));
                    Assert.Equal(Holds(left, environment) && Holds(right, environment), a.And(b).Contains(environment));
                    Assert.Equal(Holds(left, environment) || Holds(right, environment), a.Or(b).Contains(environment));
                    Assert.Equal(!Holds(left, environment), a.Not().Contains(environment));
                    Assert.Equal(
                        Holds(left, environment) && !Holds(right, environment),
                        a.Except(b).Contains(environment)
                    );
                },
                iter: 3_000
            );

    [Fact]
    public void A_region_that_has_an_environment_shows_one() =>
        Gen.Select(Markers, Environments, Environments)
            .Sample(
                (marker, environment, wished) =>
                {
                    var region = MarkerRegion.Of(marker);
                    var example = region.Example(wished);

                    Assert.Equal(region.IsEmpty, example is null);
                    if (example is not null)
                        Assert.True(Holds(marker, example), $"{marker} does not hold in {example}");
                    if (Holds(marker, environment))
                        Assert.False(region.IsEmpty);
                },
                iter: 3_000
            );

    [Fact]
    public void Where_the_wished_environment_will_do_it_is_the_example() =>
        Gen.Select(Markers, Environments)
            .Where((marker, environment) => Holds(marker, environment))
            .Sample(
                (marker, environment) => Assert.Equal(environment, MarkerRegion.Of(marker).Example(environment)),
                iter: 2_000
            );

    [Fact]
    public void A_simplified_marker_holds_where_the_region_is_within_what_is_given() =>
        Gen.Select(Markers, Markers, Environments)
            .Sample(
                (marker, given, environment) =>
                {
                    var short_ = MarkerRegion.Of(marker).ToMarker(MarkerRegion.Of(given));

                    if (Holds(given, environment))
                        Assert.Equal(Holds(marker, environment), short_ is null || Holds(short_, environment));
                },
                iter: 2_000
            );

    [Fact]
    public void Equal_regions_of_python_and_texts_have_one_form()
    {
        Assert.Equal(MarkerRegion.Parse("python_version > '3.8'"), MarkerRegion.Parse("python_version >= '3.9'"));
        Assert.Equal(MarkerRegion.Parse("python_full_version >= '3.9'"), MarkerRegion.Parse("python_version >= '3.9'"));
        Assert.Equal(MarkerRegion.Parse("python_version < '3.9' or python_version >= '3.9'"), MarkerRegion.All);
        Assert.Equal(MarkerRegion.Parse("os_name == 'nt' and os_name == 'posix'"), MarkerRegion.None);
        Assert.Equal(
            MarkerRegion.Parse("python_version in '3.8 3.9'"),
            MarkerRegion.Parse("python_version >= '3.8' and python_version < '3.10'")
        );
    }

    [Theory]
    [InlineData("python_version < '3.9'", "python_version >= '3.9'", true)]
    [InlineData("python_version <= '3.9'", "python_full_version >= '3.9.5'", false)]
    [InlineData("sys_platform == 'linux'", "sys_platform == 'darwin'", true)]
    [InlineData("sys_platform == 'linux'", "sys_platform in 'linux darwin'", false)]
    [InlineData("sys_platform == 'linux'", "'win' in sys_platform", true)]
    [InlineData("sys_platform == 'linux'", "os_name == 'posix'", false)]
    [InlineData("python_full_version == '3.9b1'", "python_version == '3.9'", true)]
    public void Disjoint_is_where_no_environment_is_in_both(string left, string right, bool disjoint) =>
        Assert.Equal(disjoint, MarkerRegion.Parse(left).IsDisjointFrom(MarkerRegion.Parse(right)));

    [Theory]
    [InlineData("sys_platform == 'win32'", "os_name == 'nt'", true)]
    [InlineData("platform_system == 'Linux'", "sys_platform == 'linux'", true)]
    [InlineData("os_name == 'posix'", "sys_platform == 'linux'", false)]
    [InlineData("python_version == '3.12'", "python_version >= '3.9'", true)]
    public void Among_environments_that_exist_one_name_of_a_system_implies_the_other(
        string narrow,
        string wide,
        bool implies
    ) =>
        Assert.Equal(
            implies,
            MarkerRegion.Existing.And(MarkerRegion.Parse(narrow)).IsSubsetOf(MarkerRegion.Parse(wide))
        );

    [Theory]
    [InlineData("python_version >= '3.9' and python_version < '3.10'", "true", "python_version == \"3.9\"")]
    [InlineData(
        "python_version >= '3.9' and sys_platform == 'linux'",
        "python_version >= '3.9'",
        "sys_platform == \"linux\""
    )]
    [InlineData(
        "sys_platform == 'win32' or sys_platform == 'darwin'",
        "sys_platform == 'win32' or sys_platform == 'darwin' or sys_platform == 'linux'",
        "sys_platform != \"linux\""
    )]
    [InlineData("os_name == 'nt' and sys_platform == 'win32'", "existing", "sys_platform == \"win32\"")]
    [InlineData("python_full_version >= '3.9.2'", "true", "python_full_version >= \"3.9.2\"")]
    [InlineData("os_name == 'nt' or os_name != 'nt'", "true", null)]
    [InlineData(
        "python_version == '3.12' and sys_platform == 'linux' or python_version == '3.12' and sys_platform != 'linux'",
        "true",
        "python_version == \"3.12\""
    )]
    public void A_marker_is_written_as_short_as_what_is_given_allows(string marker, string given, string? expected) =>
        Assert.Equal(
            expected,
            MarkerRegion
                .Parse(marker)
                .ToMarker(
                    given switch
                    {
                        "true" => MarkerRegion.All,
                        "existing" => MarkerRegion.Existing,
                        _ => MarkerRegion.Parse(given),
                    }
                )
                ?.ToString()
        );

    [Fact]
    public void Requires_Python_is_a_region_of_final_releases()
    {
        var region = MarkerRegion.OfPython(SpecifierSet.Parse(">=3.8,!=3.9.*,<4"));

        Assert.Equal(
            MarkerRegion.Parse("python_version >= '3.8' and python_version < '4' and python_version != '3.9'"),
            region
        );
        Assert.False(region.IsOpenToLaterPythons);
    }

    [Theory]
    [InlineData(">=3.8,<4", "python_version >= '3.8'")]
    [InlineData("<3.11", "python_version < '3.11' or python_version >= '3.16'")]
    [InlineData(">=3.20,<3.21", "python_version >= '3.20'")]
    [InlineData("!=3.9.*", "python_version != '3.9'")]
    public void Upper_bound_of_Requires_Python_says_nothing_of_Pythons_that_do_not_exist_yet(
        string bound,
        string marker
    )
    {
        var region = MarkerRegion.OfPython(SpecifierSet.Parse(bound)).WithUnknownPythons();

        Assert.Equal(MarkerRegion.Parse(marker), region);
        Assert.True(region.IsOpenToLaterPythons);
    }

    [Fact]
    public void A_comparison_that_means_nothing_is_an_error() =>
        Assert.False(MarkerRegion.TryOf(Marker.Parse("os_name ~= 'posix'")).Success);

    private static bool Holds(Marker marker, MarkerEnvironment environment) =>
        marker.TryEvaluate(environment, []).Value;
}

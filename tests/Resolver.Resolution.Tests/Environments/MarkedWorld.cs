using System.Globalization;
using CsCheck;
using Resolver.Packaging.Distributions;
using Resolver.Packaging.Markers;
using Resolver.Packaging.Names;
using Resolver.Packaging.Requirements;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Requests;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Resolution.Tests.Environments;

/// <summary>A small archive whose requirements have markers: projects a, b, c, … of versions 1, 2, …</summary>
/// <param name="Roots">What is asked for.</param>
/// <param name="Requires">For each project, for each version, what it requires.</param>
internal sealed record MarkedWorld(string[] Roots, string[][][] Requires) : ICandidateSource
{
    private Dictionary<PackageName, IReadOnlyList<Candidate>>? candidates;

    private static readonly string[] Markers =
    [
        "sys_platform == 'linux'",
        "sys_platform == 'win32'",
        "sys_platform != 'linux'",
        "sys_platform == 'darwin' or sys_platform == 'win32'",
        "python_version < '3.12'",
        "python_version >= '3.12'",
        "python_version >= '3.12' and sys_platform == 'linux'",
    ];

    /// <summary>Worlds of up to five projects and three versions.</summary>
    public static Gen<MarkedWorld> Any { get; } = Gen.Int[0, int.MaxValue].Select(seed => Make(new Random(seed)));

    /// <summary>All environments that the markers tell apart.</summary>
    public static IReadOnlyList<MarkerEnvironment> Environments { get; } =
    [
        .. from python in new[] { "3.11", "3.12" }
        from platform in new[] { "linux", "win32", "darwin", "sunos" }
        select MarkerEnvironment.CPython311OnLinux with
        {
            PythonVersion = python,
            PythonFullVersion = python + ".0",
            ImplementationVersion = python + ".0",
            SysPlatform = platform,
            OsName = platform == "win32" ? "nt" : "posix",
            PlatformSystem = platform switch
            {
                "win32" => "Windows",
                "darwin" => "Darwin",
                "linux" => "Linux",
                _ => "SunOS",
            },
        },
    ];

    public PlanRequest Request => new() { Environment = Environments[0], Roots = [.. Roots.Select(Requirement.Parse)] };

    public IEnumerable<PackageName> Projects => Candidates.Keys;

    public IReadOnlyList<Candidate> CandidatesOf(PackageName project) => Candidates.GetValueOrDefault(project) ?? [];

    public override string ToString() =>
        $"{string.Join(", ", Roots)}: {string.Join("; ", Requires.Select((versions, p) => $"{NameOf(p)} {string.Join(" | ", versions.Select((all, v) => $"{v + 1} [{string.Join(", ", all)}]"))}"))}";

    private Dictionary<PackageName, IReadOnlyList<Candidate>> Candidates =>
        candidates ??= Requires
            .Select(
                (versions, project) =>
                    (
                        Name: PackageName.Parse(NameOf(project)),
                        All: (IReadOnlyList<Candidate>)
                            [
                                .. versions.Select(
                                    (all, version) =>
                                        new Candidate
                                        {
                                            Name = PackageName.Parse(NameOf(project)),
                                            Version = Version.Parse(
                                                (version + 1).ToString(CultureInfo.InvariantCulture)
                                            ),
                                            Kind = DistributionKind.Wheel,
                                            Path = $"{NameOf(project)}-{version + 1}",
                                            Requires = [.. all.Select(Requirement.Parse)],
                                        }
                                ),
                            ]
                    )
            )
            .ToDictionary(each => each.Name, each => each.All);

    private static string NameOf(int project) => ((char)('a' + project)).ToString();

    private static MarkedWorld Make(Random random)
    {
        var count = random.Next(2, 6);
        var versions = Enumerable.Range(0, count).Select(_ => random.Next(1, 4)).ToArray();
        return new MarkedWorld(
            [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Some(random.Next(count)))],
            [
                .. versions.Select(
                    (number, project) =>
                        Enumerable
                            .Range(0, number)
                            .Select(_ =>
                                Enumerable
                                    .Range(0, random.Next(3))
                                    .Select(_ => random.Next(count))
                                    .Where(target => target != project)
                                    .Select(Some)
                                    .ToArray()
                            )
                            .ToArray()
                ),
            ]
        );

        string Some(int project)
        {
            var bound = random.Next(5) switch
            {
                0 => "",
                1 => $"=={random.Next(1, versions[project] + 1)}",
                2 => $"!={random.Next(1, versions[project] + 1)}",
                3 => $"<={random.Next(1, versions[project] + 1)}",
                _ => $">={random.Next(1, versions[project] + 1)}",
            };
            return NameOf(project) + bound + (random.Next(2) == 0 ? "" : "; " + Markers[random.Next(Markers.Length)]);
        }
    }
}

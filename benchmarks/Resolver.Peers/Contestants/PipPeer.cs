using System.Globalization;
using System.Text.Json;
using Resolver.Generators.Archives;
using Resolver.Generators.Universes;

namespace Resolver.Peers.Contestants;

/// <summary>pip, which resolves only what lies before it as files: the universe as a wheel a version. Its time is the
/// whole process.</summary>
internal sealed class PipPeer()
    : Contestant(
        "pip",
        "the whole process: from wheels in a folder, the same universe, to an answer (`install --dry-run`)"
    )
{
    private const int Rounds = 3;

    public override string? Version => Command.VersionOf("python3", "-c", "import pip; print(pip.__version__)");

    public override Measurement Solve(GivenProblem problem, TimeSpan limit)
    {
        var samples = new List<double>();
        bool? satisfiable = null;
        var (folder, roots) = problem.Wheels.Value;
        for (var round = 0; round < Rounds; round++)
        {
            if (Command.Run(limit, "python3", [.. Arguments(folder), .. roots]) is not { } run)
                return samples.Count > 0 ? Measurement.Of(satisfiable!.Value, samples) : Measurement.Late(limit);
            if (run.ExitCode != 0 && !run.Error.Contains("ResolutionImpossible", StringComparison.Ordinal))
                return Measurement.Failed(
                    run.Error.Contains("ResolutionTooDeep", StringComparison.Ordinal)
                        ? "gave up"
                        : run.Error.Trim().Split('\n')[^1]
                );
            satisfiable = run.ExitCode == 0;
            samples.Add(run.Milliseconds);
        }

        return Measurement.Of(satisfiable!.Value, samples);
    }

    private static IEnumerable<string> Arguments(string folder) =>
        [
            "-m",
            "pip",
            "install",
            "--dry-run",
            "--ignore-installed",
            "--no-index",
            "--no-cache-dir",
            "--disable-pip-version-check",
            "--quiet",
            "--target",
            Path.Combine(folder, "nowhere"),
            .. Directory.GetDirectories(folder).SelectMany(part => new[] { "--find-links", part }),
        ];

    /// <summary>Writes what the roots reach as wheels.</summary>
    /// <param name="ordinals">See <see cref="OrdinalProblem"/>.</param>
    /// <returns>What to ask for.</returns>
    public static IReadOnlyList<string> WriteWheels(string folder, string ordinals)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(ordinals));
        var projects = document
            .RootElement.GetProperty("projects")
            .EnumerateArray()
            .Select(project => project.GetProperty("versions").EnumerateArray().ToList())
            .ToList();
        ArchiveWriter.Write(
            folder,
            projects.Select(
                (versions, index) =>
                    new GeneratedProject(
                        Project(index),
                        [
                            .. versions.Select(
                                (requires, version) =>
                                    new GeneratedRelease(
                                        Text(version),
                                        IsWheel: true,
                                        [.. requires.EnumerateArray().Select(Requirement)],
                                        [],
                                        null
                                    )
                            ),
                        ]
                    )
            )
        );
        return [.. document.RootElement.GetProperty("roots").EnumerateArray().Select(Requirement)];
    }

    /// <summary>Half-open intervals as PEP 440 has them: from the first to the last, without the gaps.</summary>
    private static string Requirement(JsonElement requirement)
    {
        var bounds = requirement[1].EnumerateArray().Select(bound => bound.GetInt32()).ToList();
        var name = Project(requirement[0].GetInt32());
        if (bounds.Count == 0)
            return name + "<0";
        var gaps = Enumerable
            .Range(1, bounds.Count / 2 - 1)
            .SelectMany(gap => Enumerable.Range(bounds[2 * gap - 1], bounds[2 * gap] - bounds[2 * gap - 1]));
        return string.Create(CultureInfo.InvariantCulture, $"{name}>={bounds[0]},<{bounds[^1]}")
            + string.Concat(gaps.Select(version => ",!=" + Text(version)));
    }

    private static string Project(int project) => "p" + Text(project);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

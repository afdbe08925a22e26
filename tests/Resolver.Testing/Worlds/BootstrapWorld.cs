namespace Resolver.Testing.Worlds;

/// <summary>Worlds in which nearly everything is built with the help of nearly everything: every project is requested,
/// a candidate that is not a wheel needs some other projects for its build, and only wheels break the cycles.</summary>
public static class BootstrapWorld
{
    /// <param name="projects">How many.</param>
    /// <param name="versions">Of each.</param>
    /// <param name="needed">Projects that a build needs.</param>
    /// <param name="wheels">Share of candidates that are wheels.</param>
    /// <param name="onlyOldWheels">Whether only the oldest version may be a wheel.</param>
    /// <param name="floors">Whether a build needs versions that are at most two places older.</param>
    public static ToyWorld Create(
        int projects,
        int versions,
        int needed,
        double wheels,
        int seed,
        bool onlyOldWheels = false,
        bool floors = false
    )
    {
        var random = new Random(seed);
        return new(
            [
                .. Enumerable
                    .Range(0, projects)
                    .Select(project => new ToyProject(
                        $"p{project}",
                        [.. Enumerable.Range(1, versions).Select(version => Candidate(project, version))]
                    )),
            ],
            [.. Enumerable.Range(0, projects).Select(project => new ToyRequirement($"p{project}", [], null, false, []))]
        );

        ToyCandidate Candidate(int project, int version)
        {
            var isWheel = random.NextDouble() < wheels && (!onlyOldWheels || version == 1);
            IReadOnlyList<(char, int)> bounds = floors ? [('g', version - 2)] : [];
            var builds = Enumerable
                .Range(0, projects)
                .Where(other => other != project)
                .OrderBy(_ => random.Next())
                .Take(needed)
                .Select(other => new ToyRequirement($"p{other}", bounds, null, false, []))
                .ToList();
            return new(version, true, !isWheel, [], isWheel ? [] : builds);
        }
    }
}

using System.Globalization;

namespace Resolver.Generators.Universes;

/// <summary>Universes of a realistic shape, the same for the same shape and seed.</summary>
/// <remarks>
/// Releases have a time; a requirement is worded as somebody would who saw what was current then, and mostly stays
/// worded so over a project's releases. Projects of low number are popular and need little. Only the timelines are
/// kept, so a million candidates can be written as they come.
/// </remarks>
public sealed class UniverseGenerator
{
    private readonly UniverseShape shape;
    private readonly int seed;
    private readonly Timeline[] timelines;
    private readonly Timeline[] backends;
    private readonly bool[] hasExtra;

    public UniverseGenerator(UniverseShape shape, int seed)
    {
        ArgumentNullException.ThrowIfNull(shape);
        this.shape = shape;
        this.seed = seed;
        var random = new Random(seed);
        timelines = [.. Enumerable.Range(0, shape.Projects).Select(_ => new Timeline(random, shape.Releases))];
        backends = [.. Enumerable.Range(0, shape.Backends).Select(_ => new Timeline(random, shape.Releases))];
        hasExtra = [.. timelines.Select(_ => random.NextDouble() < shape.Extras)];
    }

    /// <summary>How many candidates <see cref="Projects"/> yields in all.</summary>
    public int CandidateCount => timelines.Sum(timeline => timeline.Count) + backends.Sum(timeline => timeline.Count);

    /// <summary>All projects, made as they are asked for: build backends first, then by popularity.</summary>
    public IEnumerable<GeneratedProject> Projects()
    {
        var random = new Random(seed ^ 0x5DEECE6);
        for (var backend = 0; backend < backends.Length; backend++)
            yield return Backend(random, backend);
        for (var project = 0; project < timelines.Length; project++)
            yield return Project(random, project);
    }

    /// <summary>Projects to ask for, any version of each; other ones for another draw.</summary>
    public IReadOnlyList<string> Roots(int draw)
    {
        var random = new Random(seed + draw * 7919);
        var unpopular = Enumerable.Range(timelines.Length / 20, timelines.Length - timelines.Length / 20).ToArray();
        random.Shuffle(unpopular);
        return [.. unpopular.Take(shape.Roots).Select(Name)];
    }

    private static string Name(int project) => string.Create(CultureInfo.InvariantCulture, $"project-{project}");

    private static string BackendName(int backend) => string.Create(CultureInfo.InvariantCulture, $"backend-{backend}");

    /// <summary>The first releases build themselves; later ones may need the next backend, which may need
    /// them.</summary>
    private GeneratedProject Backend(Random random, int backend)
    {
        var timeline = backends[backend];
        var another = (backend + 1) % backends.Length;
        var tangled = backends.Length > 1 && random.NextDouble() < shape.BuildCycles;
        var releases = new List<GeneratedRelease>(timeline.Count);
        for (var release = 0; release < timeline.Count; release++)
        {
            var isWheel = random.NextDouble() < shape.Wheels;
            IReadOnlyList<string> build =
                tangled && !isWheel && release > timeline.Count / 2
                    ? [BackendName(another) + ">=" + backends[another][0]]
                    : [];
            releases.Add(new GeneratedRelease(timeline[release], isWheel, [], build, null));
        }

        return new GeneratedProject(BackendName(backend), releases);
    }

    private GeneratedProject Project(Random random, int project)
    {
        var timeline = timelines[project];
        var edges = Edges(random, project);
        var backend = backends.Length == 0 ? -1 : (int)(backends.Length * Math.Pow(random.NextDouble(), 2));
        var releases = new List<GeneratedRelease>(timeline.Count);
        for (var release = 0; release < timeline.Count; release++)
        {
            var time = timeline.Time(release);
            var requires = new List<string>();
            List<string>? extra = hasExtra[project] ? [] : null;
            foreach (var edge in edges)
            {
                if (edge.Since > time)
                    continue;
                (edge.ForExtra && extra is not null ? extra : requires).Add(Word(random, edge, time));
            }

            var isWheel = random.NextDouble() < shape.Wheels;
            IReadOnlyList<string> build =
                isWheel || backend < 0
                    ? []
                    :
                    [
                        BackendName(backend)
                            + RequirementStyles.Specifier(random, RequirementStyle.Floor, backends[backend], time),
                    ];
            releases.Add(new GeneratedRelease(timeline[release], isWheel, requires, build, extra));
        }

        return new GeneratedProject(Name(project), releases);
    }

    private string Word(Random random, Edge edge, double time)
    {
        var target = timelines[edge.Target];
        if (random.NextDouble() < shape.Churn)
            edge.Style = RequirementStyles.Draw(random, shape);
        var specifier = shape.Independent
            ? RequirementStyles.Independent(random, target, shape.Tightness)
            : RequirementStyles.Specifier(random, edge.Style, target, time);
        return Name(edge.Target) + (edge.WantsExtra ? "[full]" : "") + specifier;
    }

    private List<Edge> Edges(Random random, int project)
    {
        var few = project < 3 || random.NextDouble() < .2;
        var count = few
            ? 0
            : Math.Min(project, (int)Math.Round(-Math.Log(1 - random.NextDouble()) * shape.Requirements));
        if (project < shape.Projects / 50)
            count = Math.Min(count, 2);
        var targets = new SortedSet<int>();
        for (var i = 0; i < count; i++)
            targets.Add((int)(project * Math.Pow(random.NextDouble(), shape.Popularity)));
        if (random.NextDouble() < shape.RuntimeCycles && project + 1 < shape.Projects)
            targets.Add(random.Next(project + 1, Math.Min(shape.Projects, project + 10)));
        return
        [
            .. targets.Select(target => new Edge(
                target,
                random.Next(10) < 7 ? 0 : random.NextDouble(),
                random.Next(4) == 0,
                hasExtra[target] && random.Next(3) == 0
            )
            {
                Style = RequirementStyles.Draw(random, shape),
            }),
        ];
    }

    /// <summary>That a project needs another, from some time on, perhaps only for its extra.</summary>
    private sealed record Edge(int Target, double Since, bool ForExtra, bool WantsExtra)
    {
        public RequirementStyle Style { get; set; }
    }
}

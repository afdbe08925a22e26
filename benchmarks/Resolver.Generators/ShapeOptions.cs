using System.CommandLine;
using Resolver.Generators.Universes;

/// <summary>The options that <c>universe</c> and <c>archive</c> have in common: a shape and a seed.</summary>
internal sealed class ShapeOptions
{
    private static readonly UniverseShape Default = new() { Projects = 100 };

    private readonly Option<int> projects = new("--projects")
    {
        DefaultValueFactory = _ => Default.Projects,
        Description = "Projects, build backends not counted.",
    };
    private readonly Option<double> releases = new("--releases")
    {
        DefaultValueFactory = _ => Default.Releases,
        Description = "Releases of a project, on average.",
    };
    private readonly Option<double> requirements = new("--requirements")
    {
        DefaultValueFactory = _ => Default.Requirements,
        Description = "Requirements of a release, on average.",
    };
    private readonly Option<double> popularity = new("--popularity")
    {
        DefaultValueFactory = _ => Default.Popularity,
        Description = "How strongly requirements go to few projects.",
    };
    private readonly Option<double> pins = new("--pins")
    {
        DefaultValueFactory = _ => Default.Pins,
        Description = "Share of requirements on one version.",
    };
    private readonly Option<double> caps = new("--caps")
    {
        DefaultValueFactory = _ => Default.Caps,
        Description = "Share that stops below the next major version.",
    };
    private readonly Option<double?> tightness = new("--tightness")
    {
        Description = "Independent random ranges that leave out this part of a project's releases.",
    };
    private readonly Option<double> wheels = new("--wheels")
    {
        DefaultValueFactory = _ => Default.Wheels,
        Description = "Share of releases that are a wheel.",
    };
    private readonly Option<int> roots = new("--roots")
    {
        DefaultValueFactory = _ => Default.Roots,
        Description = "Projects asked for.",
    };
    private readonly Option<int> seed = new("--seed") { Description = "Another seed, another universe." };

    public void AddTo(Command command)
    {
        foreach (
            var option in new Option[]
            {
                projects,
                releases,
                requirements,
                popularity,
                pins,
                caps,
                tightness,
                wheels,
                roots,
                seed,
            }
        )
            command.Add(option);
    }

    public int Seed(ParseResult parsed) => parsed.GetValue(seed);

    public UniverseShape Read(ParseResult parsed) =>
        Default with
        {
            Projects = parsed.GetValue(projects),
            Releases = parsed.GetValue(releases),
            Requirements = parsed.GetValue(requirements),
            Popularity = parsed.GetValue(popularity),
            Pins = parsed.GetValue(pins),
            Caps = parsed.GetValue(caps),
            Independent = parsed.GetValue(tightness) is not null,
            Tightness = parsed.GetValue(tightness) ?? Default.Tightness,
            Wheels = parsed.GetValue(wheels),
            Roots = parsed.GetValue(roots),
        };
}

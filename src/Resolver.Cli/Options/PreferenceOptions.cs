using System.CommandLine;
using System.CommandLine.Parsing;
using Resolver.Application.Requirements;
using Resolver.Cli.Terminal;
using Resolver.Packaging.Distributions;
using Resolver.Packaging.Names;
using Resolver.Resolution.Objectives;
using Resolver.Resolution.Requests;

namespace Resolver.Cli.Options;

/// <summary>Which version and which artifact is wanted: <c>--prerelease</c>, <c>--no-binary</c>,
/// <c>--only-binary</c>, <c>--prefer</c>, <c>-U</c>, <c>-P</c>, <c>--reinstall</c>, <c>--resolution</c>,
/// <c>--objective</c>, <c>--build-isolation</c>.</summary>
internal sealed class PreferenceOptions : IOptionGroup
{
    private readonly Option<string> resolution = new("--resolution")
    {
        HelpName = "highest|lowest|lowest-direct",
        Description = "Prefer the highest versions, the lowest, or the lowest of requested projects only.",
        DefaultValueFactory = _ => "highest",
    };
    private readonly Option<string[]> objective = new("--objective")
    {
        HelpName = "newest|fewest-changes|fewest-packages|fewest-builds",
        Description =
            "What to optimize, proven; the first objective counts most. Default: newest. Repeatable, or separated by "
            + "commas.",
    };
    private readonly Option<string> isolation = new("--build-isolation")
    {
        HelpName = "none|per-build",
        Description =
            "Build with the distributions of the plan itself, or each build in an isolated environment with its own "
            + "solution.",
        DefaultValueFactory = _ => "none",
    };
    private readonly PrereleaseOption prerelease = new();
    private readonly Option<string[]> noBinary = new("--no-binary")
    {
        HelpName = "NAME|:all:",
        Description =
            "Use no wheels of these projects. A named project overrides :all:. Repeatable, or separated by commas.",
    };
    private readonly Option<string[]> onlyBinary = new("--only-binary")
    {
        HelpName = "NAME|:all:",
        Description =
            "Use only wheels of these projects. A named project overrides :all:. Repeatable, or separated by commas.",
    };
    private readonly Option<bool> preferBinary = new("--prefer-binary")
    {
        Description = "Prefer an older wheel to a newer version that must be built.",
    };
    private readonly Option<string[]> prefer = new("--prefer")
    {
        HelpName = "installed|wheel|sdist",
        Description = "Which artifact of one version to prefer. Repeatable, best first.",
    };
    private readonly Option<string?> previous = new("--lock")
    {
        HelpName = "FILE",
        Description = "Prefer the versions of an earlier plan (JSON) or lock file (pylock.toml).",
    };
    private readonly Option<bool> upgrade = new("--upgrade", "-U")
    {
        Description = "Allow installed packages to be upgraded.",
    };
    private readonly Option<string[]> upgradePackage = new("--upgrade-package", "-P")
    {
        HelpName = "NAME",
        Description = "Allow this installed package to be upgraded. Repeatable.",
    };
    private readonly Option<bool> reinstall = new("--reinstall")
    {
        Description = "Install again what is already installed.",
    };

    private readonly Option<bool> noDependencies = new("--no-deps")
    {
        Description =
            "Ignore the runtime dependencies of what is requested. Build requirements are planned, with their "
            + "dependencies.",
    };
    private readonly Option<bool> noBuildDependencies = new("--no-build-deps")
    {
        Description = "Ignore build requirements: the environment is known to have them.",
    };

    public PreferenceOptions()
    {
        resolution.TakeOneOf("highest", "lowest", "lowest-direct");
        isolation.TakeOneOf("none", "per-build");
        prefer.TakeOneOf("installed", "wheel", "sdist");
        objective.Validators.Add(result =>
        {
            foreach (
                var name in result
                    .Tokens.SelectMany(token => Names(token.Value))
                    .Where(name => ObjectiveNames.Find(name) is null)
            )
                result.AddError(
                    $"--objective '{name}': it is one of "
                        + $"{string.Join(", ", Enum.GetValues<Objective>().Select(ObjectiveNames.Of))}"
                );
        });
        previous.RejectOptions();
        foreach (var option in new[] { noBinary, onlyBinary, upgradePackage })
            option.RejectOptions();
    }

    public void AddTo(Command command)
    {
        command.Add(resolution);
        command.Add(objective);
        command.Add(isolation);
        prerelease.AddTo(command);
        command.Add(noBinary);
        command.Add(onlyBinary);
        command.Add(preferBinary);
        command.Add(prefer);
        command.Add(previous);
        command.Add(upgrade);
        command.Add(upgradePackage);
        command.Add(reinstall);
        command.Add(noDependencies);
        command.Add(noBuildDependencies);
    }

    /// <summary>The earlier plan or lock, or null.</summary>
    public string? Lock(ParseResult parsed) => parsed.GetValue(previous);

    /// <summary>Whether runtime dependencies of what is requested are ignored.</summary>
    public bool IgnoresDependencies(ParseResult parsed) => parsed.GetValue(noDependencies);

    /// <summary>Whether build requirements are ignored.</summary>
    public bool IgnoresBuildRequirements(ParseResult parsed) => parsed.GetValue(noBuildDependencies);

    /// <summary>The request with these preferences.</summary>
    /// <exception cref="CommandException">A project name is none.</exception>
    public PlanRequest ApplyTo(PlanRequest request, ParseResult parsed) =>
        request with
        {
            Resolution = Resolution(parsed.GetValue(resolution)!),
            Objectives =
            [
                .. (parsed.GetValue(objective) ?? [])
                    .SelectMany(Names)
                    .Select(name => ObjectiveNames.Find(name)!.Value)
                    .Distinct(),
            ],
            BuildIsolation = parsed.GetValue(isolation) == "per-build" ? BuildIsolation.PerBuild : BuildIsolation.None,
            Prerelease = prerelease.Read(parsed),
            PreferBinary = parsed.GetValue(preferBinary),
            Prefer = Prefer(parsed.GetValue(prefer) ?? []),
            Upgrade = parsed.GetValue(upgrade)
                ? NameFilter.All
                : NameFilter.Of(
                    (parsed.GetValue(upgradePackage) ?? []).Select(name => Name("--upgrade-package", name))
                ),
            Reinstall = parsed.GetValue(reinstall),
        };

    private static string[] Names(string text) => text.Split(',', StringSplitOptions.TrimEntries);

    private static ResolutionMode Resolution(string text) =>
        text switch
        {
            "lowest" => ResolutionMode.Lowest,
            "lowest-direct" => ResolutionMode.LowestDirect,
            _ => ResolutionMode.Highest,
        };

    // What is named comes first; the rest keeps the default's order.
    private static List<DistributionKind> Prefer(string[] named) =>
        [
            .. named
                .Select(name =>
                    name switch
                    {
                        "installed" => DistributionKind.Installed,
                        "wheel" => DistributionKind.Wheel,
                        _ => DistributionKind.Sdist,
                    }
                )
                .Concat([
                    DistributionKind.Installed,
                    DistributionKind.Wheel,
                    DistributionKind.Sdist,
                    DistributionKind.Tree,
                ])
                .Distinct(),
        ];

    /// <summary>What <c>--no-binary</c> and <c>--only-binary</c> say, in the order given: each undoes what the other
    /// said before of the same projects.</summary>
    /// <exception cref="CommandException">A project name is none.</exception>
    public FormatControl Formats(ParseResult parsed)
    {
        var control = new FormatControl();
        string? option = null;
        foreach (var token in parsed.Tokens)
        {
            if (token.Type == TokenType.Option)
                option = token.Value;
            else if (option == noBinary.Name || option == onlyBinary.Name)
            {
                try
                {
                    if (option == noBinary.Name)
                        control.ForbidWheels(token.Value);
                    else
                        control.ForbidBuilds(token.Value);
                }
                catch (FormatException exception)
                {
                    throw CommandException.Usage($"{option}: {exception.Message}");
                }
                option = null;
            }
            else
                option = null;
        }
        return control;
    }

    /// <summary>What <c>--prerelease</c> says, or null where it is not given.</summary>
    public PrereleaseMode? GivenPrerelease(ParseResult parsed) => prerelease.Given(parsed);

    private static PackageName Name(string option, string text) =>
        PackageName.TryParse(text) is { Success: true } name
            ? name.Value
            : throw CommandException.Usage($"{option}: '{text}' is not the name of a project");
}

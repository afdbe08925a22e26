using System.CommandLine;
using Resolver.Application.Archives;
using Resolver.Application.Backends;
using Resolver.Application.Environments;
using Resolver.Application.Inputs;
using Resolver.Application.Planning;
using Resolver.Application.Requirements;
using Resolver.Cli.Context;
using Resolver.Cli.Options;
using Resolver.Execution;
using Resolver.Execution.Options;

namespace Resolver.Cli.Inputs;

/// <summary>From the options of a command to the request of a use case.</summary>
internal static class PlanningInput
{
    /// <summary>Reads everything a plan is made from, with progress on a terminal.</summary>
    /// <param name="projects">What names the projects; null for a batch.</param>
    /// <param name="batch">The paths of a batch, as given.</param>
    /// <param name="several">The environments, where the plan may be for several; null: it cannot be.</param>
    /// <param name="builds">What the command line says of builds; null: the command only plans.</param>
    public static async Task<PlanningSession> OpenAsync(
        PlanningOptions planning,
        ParseResult parsed,
        CommandContext context,
        RequestedProjects? projects,
        IReadOnlyList<string> batch,
        SeveralEnvironmentsSettings? several = null,
        BuildInput? builds = null
    )
    {
        var request = new PlanningRequest
        {
            Projects = projects,
            Batch = batch,
            ConstraintFiles = [.. planning.Constraints.Constraints(parsed)],
            OverrideFiles = [.. planning.Constraints.Overrides(parsed)],
            Archive = ArchiveOf(planning.Archive, parsed, context),
            Metadata = MetadataOf(planning.Metadata, planning.Archive, parsed, context, builds),
            Target = planning.Target.Read(parsed),
            Environments = EnvironmentsOf(planning, parsed, context, several ?? SeveralEnvironmentsSettings.None),
            Prefer = plan => planning.Preferences.ApplyTo(plan, parsed),
            Formats = () => planning.Preferences.Formats(parsed),
            IsPrereleaseGiven = planning.Preferences.GivenPrerelease(parsed) is not null,
            Lock = planning.Preferences.Lock(parsed),
            IgnoresDependencies = planning.Preferences.IgnoresDependencies(parsed),
            IgnoresBuildRequirements = planning.Preferences.IgnoresBuildRequirements(parsed),
            Waivers = context.Configuration.Waivers,
            Exclusions = context.Configuration.Exclusions,
            Limits = planning.Limits.Read(parsed),
            Engine = planning.Limits.Engine(parsed),
            Builds = builds is not null,
        };
        using var progress = new ScanProgress(context);
        return await PlanningSession.OpenAsync(
            request,
            context.Notices with
            {
                FileRead = progress.Step,
                FilesFound = progress.Found,
                ArchiveRead = progress.Dispose,
            },
            context.Interruption
        );
    }

    /// <summary>The archive as the options name it, with what is declared of it.</summary>
    public static ArchiveSettings ArchiveOf(ArchiveOptions archive, ParseResult parsed, CommandContext context) =>
        archive.Read(parsed) with
        {
            Declarations = context.Configuration.Declarations,
        };

    /// <summary>Whether and how build backends are asked.</summary>
    /// <param name="builds">Null: only what is configured.</param>
    public static MetadataSettings MetadataOf(
        MetadataOptions metadata,
        ArchiveOptions archive,
        ParseResult parsed,
        CommandContext context,
        BuildInput? builds = null
    ) =>
        new()
        {
            RunsBackends = metadata.RunsBackends(parsed),
            TimeLimit = metadata.TimeLimit(parsed),
            Jobs = archive.Jobs(parsed) ?? Environment.ProcessorCount,
            Pip = builds?.Pip,
            BuildFrontend = builds?.Frontend ?? MetadataSettings.Static.BuildFrontend,
            ConfigSettings = builds?.ConfigSettings ?? context.Configuration.ConfigSettings,
            ProjectEnvironment = context.Configuration.BuildEnvironment,
        };

    private static EnvironmentChoice EnvironmentsOf(
        PlanningOptions planning,
        ParseResult parsed,
        CommandContext context,
        SeveralEnvironmentsSettings several
    ) =>
        new()
        {
            PythonVersion = planning.Described.Version(parsed),
            PythonPlatform = planning.Described.Platform(parsed),
            Named = [.. several.Names.Select(name => context.Configuration.Environment(name).Description)],
            Universal = several.Universal ? context.Configuration.Scope : null,
        };
}

/// <summary>What a command line says of builds.</summary>
/// <param name="Pip">As <c>--pip</c> names it, or null.</param>
/// <param name="Frontend">What builds wheels.</param>
/// <param name="ConfigSettings">Settings for backends, configured ones included.</param>
internal sealed record BuildInput(string? Pip, BuildFrontend Frontend, IReadOnlyList<ConfigSetting> ConfigSettings)
{
    /// <summary>What was typed and what is configured; what is typed for a key counts instead of what is configured for
    /// it.</summary>
    public static BuildInput Of(BuildOptions builds, ParseResult parsed, CommandContext context)
    {
        var typed = builds.ConfigSettings(parsed);
        return new(
            builds.Pip(parsed),
            builds.Frontend(parsed),
            [
                .. context.Configuration.ConfigSettings.Where(each =>
                    !typed.Any(other => other.Project == each.Project && other.Key == each.Key)
                ),
                .. typed,
            ]
        );
    }
}

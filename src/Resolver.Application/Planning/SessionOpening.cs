using Resolver.Application.Archives;
using Resolver.Application.Backends;
using Resolver.Application.Inputs;
using Resolver.Application.Requirements;
using Resolver.Application.Targets;
using Resolver.Archives.Distributions;
using Resolver.Archives.Hooks;
using Resolver.Execution.Hooks;
using Resolver.Packaging.Names;
using Resolver.Packaging.Requirements;
using Resolver.Resolution.Planning;
using Resolver.Resolution.Solving;

namespace Resolver.Application.Planning;

/// <summary>The steps that open a session: the requirements, the target environment, the archive, what cannot be named
/// without its backend. Each step is called once, in the order in which they stand here.</summary>
internal sealed class SessionOpening : IDisposable
{
    private readonly PlanningRequest request;
    private readonly Notices notices;
    private readonly CancellationToken interruption;
    private readonly RequirementReader read;
    private readonly IReadOnlyList<Requirement> overrides;
    private readonly CancellationTokenSource stop;
    private OpenedSession? opened;
    private OpenedArchive? archive;
    private TargetEnvironment? target;
    private bool isFinished;

    /// <summary>Reads the requirements as given; files that do not say which project they are have no name yet.</summary>
    /// <exception cref="InputException">The request contradicts itself, or an input cannot be read.</exception>
    public SessionOpening(PlanningRequest request, Notices notices, CancellationToken interruption)
    {
        request.Validate();
        (this.request, this.notices, this.interruption) = (request, notices, interruption);
        read = new RequirementReader(notices);
        if (request.Projects is not null)
            read.ReadRoots(request.Projects);
        read.ReadConstraints(request.ConstraintFiles);
        overrides = read.ReadOverrides(request.OverrideFiles);
        stop = Deadline.Source(request.Limits.Deadline, interruption);
    }

    private OpenedSession Opened => opened ?? throw new InvalidOperationException("the archive has not been read yet");

    /// <summary>Asks the interpreter, opens the archive, and names the files that requirements name by their path
    /// only.</summary>
    public async Task ReadRequirementsAsync()
    {
        target = await OpenTargetAsync();
        archive = new OpenedArchive(request, target, notices, stop.Token);
        var environment = PlanningQuestion.EnvironmentOf(request, target);
        var nameless = request.Metadata.RunsBackends
            ? await NamelessAsync(archive, [.. read.UnnamedPlaces(environment)])
            : [];
        read.NameFiles(
            environment,
            path => nameless.Exists(each => each.Path == path) ? nameless : archive.ReadPath(path)
        );
        if (read.Settings.Unheeded is { } unheeded)
            notices.Warning(unheeded);
    }

    /// <summary>Asks the question, and reads the archive and the batch that answer it.</summary>
    public void ReadArchive()
    {
        if (target is null || archive is null)
            throw new InvalidOperationException("the requirements have not been read yet");
        var question = PlanningQuestion.Of(request, read, overrides, target, notices);
        var direct = question.Direct;
        read.Hashes.AddDirect(direct);
        read.Hashes.RequiredBecause = read.Settings.RequiresHashes;
        archive.Read(read, direct);
#pragma warning disable CA2000 // the opened session disposes of its sources
        opened = new OpenedSession(
            request,
            read,
            target,
            question,
            archive,
            SourcesOf(target, archive),
            notices,
            stop,
            interruption
        );
#pragma warning restore CA2000
    }

    /// <summary>Learns from their backends what the files are that were named and do not say it, where that is allowed;
    /// then tells what cannot be used and which names match nothing.</summary>
    public async Task IdentifyAsync()
    {
        var (places, view) = (Opened.Archive.Places, Opened.Archive.View);
        IReadOnlyList<string> named = [.. places, .. request.Batch];
        if (Opened.Sources.Dynamic is { } dynamic)
            await dynamic.IdentifyAsync(
                Opened.Archive.Batch.Concat(view.Present.Where(each => SkippedFiles.IsAskedByName(each, named))),
                Opened.PlanBuild,
                () => Opened.Sources.Reached,
                stop.Token
            );
        SkippedFiles.TellCount(Opened.Sources.Known(view.Present), places, notices);
        if (named.Count == 0)
            notices.Warning("no archive was given (-f DIR): only what is installed can be chosen");
        UnmatchedNames.Tell(Opened.Question.Request, Projects, notices);
    }

    /// <summary>Hands over what was opened; it is the caller's to dispose of.</summary>
    public OpenedSession Finish()
    {
        isFinished = true;
        return Opened;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (isFinished)
            return;
        opened?.Dispose();
        archive?.Dispose();
        stop.Dispose();
    }

    private IEnumerable<PackageName> Projects() =>
        Opened.Sources.Source.Projects.Concat(Opened.Sources.Batch.Select(each => each.Name).OfType<PackageName>());

    private async Task<TargetEnvironment> OpenTargetAsync()
    {
        var opening = await TargetEnvironment.OpenAsync(
            // What this interpreter has is no use to another.
            request.Environments.IsDescribed
                ? request.Target with
                {
                    NoInstalled = true,
                }
                : request.Target,
            request.Archive.CacheFolder,
            onlyPlans: !request.Builds && !request.Metadata.RunsBackends,
            stop.Token
        );
        if (opening.InstalledError is { } error)
            notices.Warning(error);
        return opening;
    }

    /// <summary>What those of some files are that do not say which project they are: their build backends are asked,
    /// before anything is planned that names them.</summary>
    private async Task<List<Distribution>> NamelessAsync(OpenedArchive from, IReadOnlyList<string> places)
    {
        var nameless = places
            .Where(place =>
                from.ReadPath(place)
                    .Any(each => each.Path == place && each.Name is null && HookMetadata.CanBeAsked(each))
            )
            .ToList();
        if (nameless.Count == 0)
            return [];
        using var session = await PlanningSession.OpenAsync(
            request with
            {
                Projects = null,
                Batch = nameless,
                ConstraintFiles = [],
                OverrideFiles = [],
                Archive = request.Archive with { Places = [.. request.Archive.Places, .. read.FindLinks] },
            },
            Notices.None,
            interruption
        );
        return [.. session.Batch];
    }

    private PlanningSources SourcesOf(TargetEnvironment environment, OpenedArchive from) =>
        new(
            environment,
            from.View,
            from.Batch,
            request.Archive.Declarations,
            request.Metadata.RunsBackends ? HooksOf(environment) : null,
            notices,
            from.References,
            read.Hashes,
            new IgnoredRequirements(
                request.IgnoresDependencies ? read.Roots.Select(root => root.Name).ToHashSet() : [],
                request.IgnoresBuildRequirements
            )
        );

    private HookOptions HooksOf(TargetEnvironment environment)
    {
        var destination = request.Target.FoundByFinder
            ? []
            : environment.Destination?.SiteFolders(environment.Interpreter) ?? [];
        return request
            .Metadata.With(read.ConfigSettings)
            .ToOptions(request.Archive.CacheFolder, [.. destination, .. environment.SearchPath]);
    }
}

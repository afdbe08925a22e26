using Resolver.Application.Inputs;
using Resolver.Application.Requirements;
using Resolver.Application.Targets;
using Resolver.Archives.Candidates;
using Resolver.Archives.Distributions;
using Resolver.Archives.Hooks;
using Resolver.Archives.Index;
using Resolver.Archives.References;
using Resolver.Archives.Scanning;
using Resolver.Packaging.Requirements;
using Resolver.Resolution.Candidates;

namespace Resolver.Application.Planning;

/// <summary>The archive of a session; its index stays open for what is read later.</summary>
internal sealed class OpenedArchive : IDisposable
{
    private readonly PlanningRequest request;
    private readonly TargetEnvironment target;
    private readonly Notices notices;
    private readonly ScanOptions scanning;
    private readonly ArchiveIndex index;
    private readonly CancellationToken cancellation;

    /// <summary>Opens the index; nothing is read yet.</summary>
    /// <exception cref="InputException">The place of the index means nothing.</exception>
    public OpenedArchive(
        PlanningRequest request,
        TargetEnvironment target,
        Notices notices,
        CancellationToken cancellation
    )
    {
        (this.request, this.target, this.notices, this.cancellation) = (request, target, notices, cancellation);
        scanning = request.Archive.Scanning with { Progress = notices.FileRead, Found = notices.FilesFound };
        index = request.Archive.OpenIndex(notices.Warning);
        References = new ReferencedFiles(ReadPath, request.Metadata.RunsBackends ? HookMetadata.CanBeAsked : null);
    }

    /// <summary>What lies in the archive; empty before <see cref="Read"/>.</summary>
    public ArchiveView View { get; private set; } = ArchiveView.Whole([]);

    /// <summary>What the paths of the batch hold; empty without a batch.</summary>
    public IReadOnlyList<Distribution> Batch { get; private set; } = [];

    /// <summary>The paths that name the archive.</summary>
    public IReadOnlyList<string> Places { get; private set; } = [];

    /// <summary>The files that references in metadata point to.</summary>
    public ReferencedFiles References { get; }

    /// <summary>Reads what lies at a path.</summary>
    /// <exception cref="InputException">The path does not exist.</exception>
    public IReadOnlyList<Distribution> ReadPath(string path) =>
        request.Archive.Declarations.ApplyTo(target.Scan(index, [path], scanning, cancellation));

    /// <summary>Reads what is new or changed.</summary>
    /// <param name="read">Requirement files may add to the archive.</param>
    /// <param name="direct">The direct references that apply; what they point to is read as well.</param>
    /// <exception cref="InputException">A path does not exist, or a reference leads to another project.</exception>
    public void Read(RequirementReader read, IReadOnlyList<Requirement> direct)
    {
        var settings = request.Archive;
        Places = [.. settings.Places, .. read.FindLinks, .. read.Places, .. Requirements.References.Places(direct)];
        View = target.View(index, Places, settings.Declarations, scanning, cancellation);
        Batch = settings.Declarations.ApplyTo(target.Scan(index, request.Batch, scanning, cancellation));
        Requirements.References.CheckProjects(direct, View.Present);
        References.Follow([.. Batch.Select(ArchiveCandidateSource.ToCandidate).OfType<Candidate>()]);
        notices.ArchiveRead();
    }

    /// <inheritdoc/>
    public void Dispose() => index.Dispose();
}

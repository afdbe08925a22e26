using System.Diagnostics;
using Resolver.Application.Inputs;
using Resolver.Archives.Candidates;
using Resolver.Archives.Declarations;
using Resolver.Archives.Distributions;
using Resolver.Archives.Index;
using Resolver.Archives.References;
using Resolver.Archives.Scanning;
using Resolver.Execution.Destinations;
using Resolver.Interpreters;

namespace Resolver.Application.Targets;

/// <summary>Everything a plan is made from: the interpreter, what is installed where the plan goes, and the
/// archive.</summary>
public sealed class TargetEnvironment
{
    // What is installed but does not count, and the interpreter that knows it: only hints want it.
    private readonly Lazy<Interpreter>? leftOut;

    private TargetEnvironment(
        Interpreter interpreter,
        InstallDestination? destination,
        IReadOnlyList<string> searchPath,
        IReadOnlyList<Distribution> installed,
        Lazy<Interpreter>? leftOut = null
    )
    {
        this.leftOut = leftOut;
        Interpreter = interpreter;
        Destination = destination;
        SearchPath = searchPath;
        Installed = installed;
    }

    public Interpreter Interpreter { get; }

    /// <summary>Where the plan is to be installed; null where nothing was said.</summary>
    public InstallDestination? Destination { get; }

    /// <summary>What a build gets in front of its path: the destination's site directories that exist, then those of
    /// <c>--installed</c>.</summary>
    public IReadOnlyList<string> Places =>
        [.. (Destination?.SiteFolders(Interpreter) ?? []).Where(Directory.Exists), .. SearchPath];

    /// <summary>Site directories of <c>--installed</c>.</summary>
    public IReadOnlyList<string> SearchPath { get; }

    /// <summary>What counts as installed, without what an earlier place of the same name hides.</summary>
    public IReadOnlyList<Distribution> Installed { get; }

    /// <summary>How long reading the archive took so far.</summary>
    public TimeSpan ScanTime { get; private set; }

    /// <summary>What the interpreter could not tell of what is installed, for a person; null where it told
    /// all.</summary>
    public string? InstalledError => Interpreter.InstalledError;

    /// <summary>Asks the interpreter, and reads what lies in the destination and the further places.</summary>
    /// <param name="cache">Where what interpreters said is kept; null keeps nothing.</param>
    /// <param name="onlyPlans">Whether nothing will be built or installed, so that the interpreter's pip does not
    /// matter.</param>
    /// <exception cref="InterpreterException">It cannot be asked.</exception>
    /// <exception cref="InputException">A directory of <c>--installed</c> does not exist.</exception>
    public static async Task<TargetEnvironment> OpenAsync(
        TargetSettings settings,
        string? cache,
        bool onlyPlans,
        CancellationToken cancellation
    )
    {
        var answers = new InterpreterCache(cache is null ? null : Path.Combine(cache, "interpreters"));
        var interpreter = await Interpreter.ProbeAsync(
            settings.Python,
            [],
            answers,
            installed: !settings.NoInstalled,
            mayBeRead: onlyPlans && settings.NoInstalled,
            cancellation
        );
        var destination = DestinationOf(settings);
        var further = settings.Installed.SelectMany(directory => SiteDirectories(directory, interpreter)).ToList();
        // Where the user's own finder is to show the destination, it is asked as it will be asked then.
        var own = settings.FoundByFinder ? [] : destination?.SiteFolders(interpreter) ?? [];
        var places = own.Where(Directory.Exists).Concat(further).ToList();
        if (settings.NoInstalled)
            return new TargetEnvironment(
                interpreter,
                destination,
                further,
                [],
                new Lazy<Interpreter>(() => WithInstalled(interpreter, settings.Python, answers, cancellation))
            );

        // Asked once: what lies in these places is read from them, as a process finds it that has them in front of
        // its path.
        interpreter = interpreter with
        {
            SearchPath = [.. places, .. interpreter.SearchPath],
            Installed = InstalledReader.Before([.. places.Distinct()], interpreter.Installed),
        };
        return new TargetEnvironment(interpreter, destination, further, interpreter.Installed);
    }

    /// <summary>Reads distributions from disk; the time counts as scanning.</summary>
    /// <exception cref="InputException">A path does not exist.</exception>
    public IReadOnlyList<Distribution> Scan(
        ArchiveIndex index,
        IReadOnlyList<string> paths,
        ScanOptions options,
        CancellationToken cancellation
    ) => Timed(() => index.Scan(paths, options, cancellation));

    /// <summary>The archive for a plan; the time counts as scanning.</summary>
    /// <exception cref="InputException">A path does not exist.</exception>
    public ArchiveView View(
        ArchiveIndex index,
        IReadOnlyList<string> paths,
        ArchiveDeclarations declarations,
        ScanOptions options,
        CancellationToken cancellation
    ) => Timed(() => index.View(paths, declarations, options, cancellation));

    /// <summary>What a plan can choose from: the archive, and what is installed. What is declared of a version holds
    /// for it once it is installed, too: else the next plan would undo this one.</summary>
    /// <remarks>In a template every version that is there can be chosen: what is chosen is what builds are
    /// shown.</remarks>
    /// <param name="references">What references in metadata point to.</param>
    /// <param name="seenAs">How a distribution is seen, with other requirements; null: as it is.</param>
    public ArchiveCandidateSource SourceOf(
        ArchiveView archive,
        ArchiveDeclarations declarations,
        ReferencedFiles references,
        Func<Distribution, Distribution>? seenAs = null
    ) =>
        new(
            archive,
            declarations.ApplyTo(Installed),
            isChoosable: Destination is { IsTemplate: true } template ? path => IsBelow(path, template.Base) : null,
            beside: project => HiddenPlaces.Of(project, leftOut?.Value ?? Interpreter, leftOut?.Value.Installed ?? []),
            references,
            seenAs
        );

    /// <summary>The interpreter with what is installed for it, where that can be known.</summary>
    private static Interpreter WithInstalled(
        Interpreter interpreter,
        string executable,
        InterpreterCache answers,
        CancellationToken cancellation
    )
    {
        if (interpreter.Installed.Count > 0)
            return interpreter;
        try
        {
            return Interpreter
                .ProbeAsync(executable, [], answers, installed: true, cancellation)
                .GetAwaiter()
                .GetResult();
        }
        catch (InterpreterException)
        {
            return interpreter;
        }
    }

    private T Timed<T>(Func<T> read)
    {
        var start = Stopwatch.GetTimestamp();
        var result = read();
        ScanTime += Stopwatch.GetElapsedTime(start);
        return result;
    }

    private static bool IsBelow(string path, string folder) =>
        path.StartsWith(folder.TrimEnd('/') + "/", StringComparison.Ordinal);

    /// <summary>Where a plan goes that is made with these settings; null where nothing was said.</summary>
    public static InstallDestination? DestinationOf(TargetSettings settings) =>
        settings switch
        {
            { Target: { } target } => new InstallDestination.Target(target),
            { Root: { } root } => new InstallDestination.Root(root, settings.Prefix),
            { Prefix: { } prefix } => new InstallDestination.Prefix(prefix),
            _ => null,
        };

    /// <summary>A prefix stands for its site directories; anything else is one itself.</summary>
    private static List<string> SiteDirectories(string directory, Interpreter interpreter)
    {
        if (!Directory.Exists(directory))
            throw InputException.BadInput($"{directory}: no such directory");
        var inside = new InstallDestination.Prefix(directory).SiteFolders(interpreter).Where(Directory.Exists).ToList();
        return inside.Count > 0 ? inside : [Path.GetFullPath(directory)];
    }
}

using Resolver.Archives.Distributions;
using Resolver.Packaging.Names;
using Resolver.Packaging.References;
using Resolver.Packaging.Requirements;
using Resolver.Resolution.Candidates;

namespace Resolver.Archives.References;

/// <summary>The files that references in metadata point to (<c>Requires-Dist: name @ file:///…</c>), inside the
/// archive or outside: each is read when a candidate that requires it is first requested.</summary>
/// <remarks>A file may become known after its project was requested; then <see cref="Generation"/> grows, and whoever
/// searched must search again. Safe to share between threads.</remarks>
/// <param name="read">Reads what lies at a path, which may end in <c>#subdirectory=REL</c>.</param>
/// <param name="canBeAsked">Whether something that does not say its name can be requested it: it is taken for the
/// project that the reference names until then. Null: nothing can.</param>
public sealed class ReferencedFiles(
    Func<string, IReadOnlyList<Distribution>> read,
    Func<Distribution, bool>? canBeAsked = null
)
{
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);
    private readonly HashSet<PackageName> asked = [];
    private readonly Dictionary<PackageName, List<Distribution>> found = [];
    private readonly Dictionary<PackageName, List<HiddenDistribution>> unusable = [];
    private readonly Lock gate = new();

    /// <summary>How often a file became known, or was restricted, too late for a search under way.</summary>
    public int Generation { get; private set; }

    /// <summary>Whether these files serve requirements that refer to them, and no others.</summary>
    public bool AreRestricted { get; private set; }

    /// <summary>Restricts them from now on (<see cref="AreRestricted"/>).</summary>
    public void Restrict()
    {
        lock (gate)
        {
            if (!AreRestricted)
                Generation++;
            AreRestricted = true;
        }
    }

    /// <summary>The projects of the files read so far.</summary>
    public IEnumerable<PackageName> Projects
    {
        get
        {
            lock (gate)
                return [.. found.Keys];
        }
    }

    /// <summary>What references led to of a project, so far.</summary>
    public IReadOnlyList<Distribution> Of(PackageName project)
    {
        lock (gate)
        {
            asked.Add(project);
            return found.TryGetValue(project, out var list) ? [.. list] : [];
        }
    }

    /// <summary>References to a project that led to nothing of it, for hints.</summary>
    public IReadOnlyList<HiddenDistribution> UnusableOf(PackageName project)
    {
        lock (gate)
            return unusable.TryGetValue(project, out var list) ? [.. list] : [];
    }

    /// <summary>Reads what these candidates refer to.</summary>
    public void Follow(IReadOnlyList<Candidate> candidates)
    {
        foreach (var candidate in candidates)
        {
            Follow(candidate.Requires);
            if (candidate.IsBuilt)
                Follow(candidate.BuildRequires);
        }
    }

    private void Follow(IReadOnlyList<Requirement>? requirements)
    {
        if (requirements is null || !MayRefer(requirements))
            return;
        foreach (var requirement in requirements)
        {
            if (requirement.ValidReference is { LocalPlace: { } place } reference)
                Follow(requirement.Name, reference, place);
        }
    }

    // Most lists hold no reference, and an index has them as text, which need not be parsed to see that.
    private static bool MayRefer(IReadOnlyList<Requirement> requirements) =>
        requirements is Index.RequirementTexts texts
            ? texts.Printed.Any(text => text.Contains('@', StringComparison.Ordinal))
            : requirements.Any(each => each.Url is not null);

    private void Follow(PackageName project, FileReference reference, string place)
    {
        lock (gate)
        {
            if (!seen.Add($"{project}\0{place}"))
                return;
            var late = false;
            foreach (var each in Read(project, reference, place))
            {
                if (each.Name is not { } name)
                    continue;
                if (!found.TryGetValue(name, out var list))
                    found[name] = list = [];
                if (list.Exists(other => other.Path == each.Path))
                    continue;
                list.Add(each);
                late |= asked.Contains(name);
            }
            if (late)
                Generation++;
        }
    }

    private List<Distribution> Read(PackageName project, FileReference reference, string place)
    {
        IReadOnlyList<Distribution> distributions;
        try
        {
            distributions = read(place);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Note(null, $"is required as {reference}, which does not exist");
            return [];
        }
        // Of a file that holds several projects only what was meant counts.
        var meant = distributions.Where(each => each.Path == place).ToList();
        if (meant.Exists(each => each.Name == project))
            return meant;
        if (meant.Find(each => each.Name is null && canBeAsked?.Invoke(each) == true) is { } nameless)
            return [nameless with { Name = project }];
        if (meant.Find(each => each.Name is not null) is { } other)
            Note(other.Version?.ToString(), $"is required as {reference}, but that file contains {other.Name}");
        else if (meant.Find(each => each.Problems.Count > 0) is { } broken)
            Note(null, $"is required as {reference}, and that cannot be read: {broken.Problems[0].Message}");
        return [];

        void Note(string? version, string detail)
        {
            if (!unusable.TryGetValue(project, out var list))
                unusable[project] = list = [];
            list.Add(new HiddenDistribution(version, place, "reference", detail));
        }
    }
}

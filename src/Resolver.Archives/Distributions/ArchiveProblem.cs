using Resolver.Packaging.Distributions;
using Resolver.Packaging.Parsing;

namespace Resolver.Archives.Distributions;

/// <summary>Something wrong with, or unknown about, one distribution.</summary>
/// <param name="Code">Stable, documented in <c>docs/diagnostics.md</c>, such as <c>archive-truncated</c>.</param>
/// <param name="Place">The file as the user named it, and behind a <c>!</c> the member of it, with line and column
/// where they are known; empty where <paramref name="Reason"/> names its own.</param>
/// <param name="Reason">One line for a person: what is wrong, and the way out where <see cref="Advice"/> has
/// none.</param>
/// <param name="Fatal">Whether nothing of the distribution can be used.</param>
public sealed record ArchiveProblem(string Code, string Place, string Reason, bool Fatal)
{
    /// <summary>What the user can do about it.</summary>
    public ProblemAdvice Advice { get; init; }

    /// <summary>One line for a person: the place, the reason, and the way out where there is one.</summary>
    public string Message => Place.Length == 0 ? Advised : $"{Place}: {Advised}";

    /// <summary>The message where the path of the distribution stands beside it: only what of the place lies within
    /// that, the reason, and the way out.</summary>
    /// <param name="path">The path that stands beside it.</param>
    public string MessageWithin(string? path)
    {
        if (path is null)
            return Message;
        var (file, subdirectory) = DistributionPath.Parse(path);
        if (!Place.StartsWith(file, StringComparison.Ordinal))
            return Message;
        var within = Place[file.Length..];
        if (within.Length > 0 && within[0] is not ('!' or '/'))
            return Message;
        var folder = subdirectory is null ? -1 : $"{within}/".IndexOf($"/{subdirectory}/", StringComparison.Ordinal);
        var member =
            folder >= 0 ? within[Math.Min(folder + subdirectory!.Length + 2, within.Length)..]
            : within.Length > 0 ? within[1..]
            : within;
        return member.Length == 0 ? Advised : $"{member}: {Advised}";
    }

    private string Advised =>
        Advice switch
        {
            ProblemAdvice.Declare => Reason + MetadataAdvice.Declare,
            ProblemAdvice.DeclareOrAsk => Reason + MetadataAdvice.Declare + MetadataAdvice.OrAsk,
            _ => Reason,
        };

    /// <summary>A problem at one place of a document.</summary>
    /// <remarks>The place stays as it is: an index takes the directory out of it and puts it in again, and whoever
    /// shows it makes it fit for a terminal.</remarks>
    public static ArchiveProblem At(DocumentError error, string code, bool fatal) =>
        new(code, error.Place, error.Reason, fatal);
}

using Resolver.Archives.Distributions;
using Resolver.Packaging.Parsing;

namespace Resolver.Archives.Reading;

/// <summary>A fault of ours while one file is read costs that file and nothing else: it becomes its line.</summary>
internal static class ReadingFault
{
    /// <summary>The problem's code.</summary>
    public const string Code = "reader-fault";

    /// <summary>Whether an exception is about the file at hand, and not about the run.</summary>
    public static bool IsOfOneFile(Exception e) => e is not OperationCanceledException;

    /// <summary>What is said of an exception that nothing foresees, behind what it spoilt.</summary>
    public static string Bug(Exception e) =>
        $"a bug in this program; please report it: {e.GetType().Name}: {OneLine.Of(e.Message)}";

    /// <summary>The distribution as one that could not be read.</summary>
    /// <param name="blank">What is known of it without reading.</param>
    public static Distribution Line(Distribution blank, Exception e) =>
        blank with
        {
            Problems =
            [
                .. blank.Problems,
                new ArchiveProblem(Code, blank.Path!, $"reading it failed because of {Bug(e)}", true),
            ],
        };
}

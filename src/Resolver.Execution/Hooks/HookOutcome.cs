using Resolver.Archives.Hooks;
using Resolver.Resolution.Candidates;

namespace Resolver.Execution.Hooks;

/// <summary>The outcome of asking a build backend: a closed set.</summary>
public abstract record HookOutcome
{
    private HookOutcome() { }

    /// <summary>It answered. Without metadata where these were not requested, or where what it asks for to be built
    /// has to be planned first.</summary>
    public sealed record Answered(HookAnswer Answer) : HookOutcome;

    /// <summary>It did not.</summary>
    /// <param name="Culprit">What cannot be built: the project that was asked about, or a requirement of its
    /// build.</param>
    /// <param name="Code">Stable: one of <see cref="HookCodes"/>.</param>
    /// <param name="Message">One line for a person, with the file and the log.</param>
    public sealed record Failed(Candidate Culprit, string Code, string Message) : HookOutcome;
}

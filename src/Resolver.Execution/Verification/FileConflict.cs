using Resolver.Resolution.Plans;

namespace Resolver.Execution.Verification;

/// <summary>A file that a step writes and that someone else has, with other content.</summary>
/// <param name="Path">The file, absolute.</param>
/// <param name="Step">What writes it.</param>
/// <param name="Other">Whose it is: name and version; null where no RECORD lists it.</param>
/// <param name="IsPresent">Whether it was there before the run; otherwise another step of the plan writes it.</param>
public sealed record FileConflict(string Path, PlanStep Step, string? Other, bool IsPresent)
{
    /// <summary>One line for a person.</summary>
    public override string ToString() =>
        (Other, IsPresent) switch
        {
            ({ } other, false) => $"{Path}: {other} and {Writer} both contain this file, with different content",
            ({ } other, true) => $"{Path}: {Writer} would overwrite this file of {other}",
            (null, _) => $"{Path}: {Writer} would overwrite this file, which no installed project lists",
        };

    private string Writer => $"{Step.Candidate.Name} {Step.Candidate.Version}";
}

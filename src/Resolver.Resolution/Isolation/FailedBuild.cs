using Resolver.Resolution.Candidates;

namespace Resolver.Resolution.Isolation;

/// <summary>That a candidate cannot be built apart: the certificate of the nogood that forbids it.</summary>
internal sealed class FailedBuild
{
    private readonly Lazy<string> reason;

    internal FailedBuild(Candidate candidate, Func<string> tell) =>
        (Candidate, reason) = (candidate, new Lazy<string>(tell));

    /// <summary>What cannot be built.</summary>
    public Candidate Candidate { get; }

    /// <summary>Why, for a person: a clause about the candidate, which it does not name. Found when first requested,
    /// as most failures are passed over for another version.</summary>
    public string Reason => reason.Value;

    public override string ToString() => $"{Candidate} {Reason}";
}

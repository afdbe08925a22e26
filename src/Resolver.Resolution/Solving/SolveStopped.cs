namespace Resolver.Resolution.Solving;

/// <summary>A limit was reached while a build was judged. Engines turn it into <see cref="Outcome.GaveUp"/>: what was
/// not judged is neither buildable nor not.</summary>
internal sealed class SolveStopped(LimitReached limit) : Exception($"stopped: {limit}")
{
    public LimitReached Limit { get; } = limit;
}

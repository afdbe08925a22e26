using Resolver.Resolution.Candidates;
using Resolver.Resolution.Problems;

namespace Resolver.Resolution.Requests;

/// <summary>Which candidates suit an environment: its Python and its system.</summary>
internal interface ICandidateFitness
{
    /// <summary>Why the candidate does not suit, or null where it does. What is installed is never asked
    /// about.</summary>
    UnusableCause? WhyUnusable(Candidate candidate);

    /// <summary>How well a wheel suits among those of one version: 0 is best.</summary>
    int Rank(Candidate candidate);
}

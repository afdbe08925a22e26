using Resolver.Archives.Distributions;

namespace Resolver.Archives.Scanning;

/// <summary>Distributions of which a summary was made when they were read: a report needs to read none of them
/// again.</summary>
internal interface ISummarizedDistributions : IReadOnlyList<Distribution>
{
    /// <summary>The summary of each, in the order of the list.</summary>
    FileSummaries Summaries { get; }
}

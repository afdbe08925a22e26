namespace Resolver.Execution.Destinations;

/// <summary>A line of a RECORD.</summary>
/// <param name="Path">As written: relative to the folder of the dist-info, or absolute.</param>
/// <param name="Algorithm">Such as <c>sha256</c>; null without a hash.</param>
/// <param name="Hash">Base64 for URLs without padding; null without one.</param>
internal sealed record RecordEntry(string Path, string? Algorithm, string? Hash);

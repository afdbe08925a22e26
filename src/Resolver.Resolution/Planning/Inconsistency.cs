using Resolver.Packaging.Requirements;
using Resolver.Resolution.Candidates;

namespace Resolver.Resolution.Planning;

/// <summary>A requirement of something installed that what is installed does not meet.</summary>
/// <param name="By">Who requires it.</param>
/// <param name="Found">What is there under that name, or null where nothing is.</param>
public sealed record Inconsistency(Candidate By, Requirement Requirement, Candidate? Found);

using Resolver.Packaging.Requirements;

namespace Resolver.Archives.Distributions;

/// <summary>Requirements whose printed form is stored beside them: printing them needs no parsing.</summary>
internal interface IPrintedRequirements : IReadOnlyList<Requirement>
{
    /// <summary>Each requirement as <see cref="Requirement.ToString"/> prints it.</summary>
    IEnumerable<string> Printed { get; }
}

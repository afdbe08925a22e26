using Resolver.Packaging.Distributions;
using Resolver.Packaging.Markers;
using Resolver.Packaging.Names;
using Resolver.Packaging.Requirements;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Planning;
using Resolver.Resolution.Requests;
using Version = Resolver.Packaging.Versions.Version;

var request = new PlanRequest
{
    Roots = [Requirement.Parse("soup>=2")],
    Environment = MarkerEnvironment.CPython311OnLinux,
};
var outcome = Planner.Plan(new Kitchen(), request);
if (outcome is PlanOutcome.Planned { Plan: var plan })
    foreach (var step in plan.Steps)
        Console.WriteLine($"{step.Order}. {step.Candidate.Name} {step.Candidate.Version}");
else if (outcome is PlanOutcome.Impossible { Explanation: var explanation })
    Console.WriteLine(explanation.Text);

/// <summary>Whatever knows names, versions and requirements can be asked: a table, a file, a service.</summary>
internal sealed class Kitchen : ICandidateSource
{
    private static readonly (string Name, string Version, string[] Requires)[] Table =
    [
        ("soup", "1", []),
        ("soup", "2", ["leek", "stock>=2"]),
        ("leek", "1", []),
        ("stock", "2", ["salt<3"]),
        ("salt", "2", []),
        ("salt", "3", []),
    ];

    public IEnumerable<PackageName> Projects => Table.Select(row => PackageName.Parse(row.Name)).Distinct();

    public IReadOnlyList<Candidate> CandidatesOf(PackageName project) =>
        [
            .. Table
                .Where(row => row.Name == project.Normalized)
                .Select(row => new Candidate
                {
                    Name = project,
                    Version = Version.Parse(row.Version),
                    Kind = DistributionKind.Wheel,
                    Requires = [.. row.Requires.Select(Requirement.Parse)],
                }),
        ];
}

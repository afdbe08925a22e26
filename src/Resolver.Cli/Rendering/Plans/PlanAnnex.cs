using System.Globalization;
using Resolver.Application.Archives;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Plans;

namespace Resolver.Cli.Rendering.Plans;

/// <summary>What documents tell beside the plan itself.</summary>
/// <param name="Time">When the document was written.</param>
/// <param name="Licences">What the distributions of the plan declare.</param>
internal sealed record PlanAnnex(DateTimeOffset Time, IReadOnlyDictionary<Candidate, ProjectLicence> Licences)
{
    /// <summary>The licences of the distributions of the plan, read now.</summary>
    public static PlanAnnex Of(Plan plan, TimeProvider clock, CancellationToken cancellation) =>
        new(
            DocumentTime.Of(clock),
            ProjectLicence.Of([.. plan.Steps.Select(step => step.Candidate).Distinct()], cancellation)
        );

    /// <summary>The licence of a candidate, or null.</summary>
    public ProjectLicence? LicenceOf(Candidate candidate) => Licences.GetValueOrDefault(candidate);

    /// <summary>The time as RFC 3339 has it, in UTC to the second.</summary>
    public string Timestamp => Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}

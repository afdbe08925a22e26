using Resolver.Packaging.Parsing;

namespace Resolver.Resolution.Plans;

/// <summary>A plan as JSON, schema <c>resolver.plan/1</c>: what <c>--format json</c> prints and <c>install --plan</c>
/// takes. The same plan gives the same bytes; what was written is read back as an equal plan.</summary>
public static class PlanJson
{
    /// <summary>The value of the field <c>schema</c>. A later, incompatible form would have another number.</summary>
    public const string Schema = "resolver.plan/1";

    /// <summary>What <c>satisfied_by</c> says of a requirement the user waived.</summary>
    internal const string Waived = "waived";

    /// <summary>What <c>build_isolation</c> says; where it is absent, builds see the install set itself.</summary>
    internal const string PerBuild = "per-build";

    /// <summary>The plan as UTF-8, indented by two spaces, lines ended by a line feed, the last one too.</summary>
    public static byte[] Write(Plan plan) => PlanJsonWriter.Write(plan);

    /// <summary>Reads a plan. Unknown fields are ignored, so that a reader of today takes what a writer of tomorrow
    /// adds; a field twice is an error. The candidates hold what the plan says of them: of their requirements those
    /// that are active in its environment.</summary>
    /// <param name="json">UTF-8, with or without a byte order mark.</param>
    /// <param name="file">How messages name it.</param>
    public static DocumentResult<Plan> TryRead(ReadOnlyMemory<byte> json, string file) =>
        PlanJsonReader.TryRead(json, file);

    /// <summary>As <see cref="TryRead"/>.</summary>
    /// <exception cref="DocumentFormatException">It is no plan.</exception>
    public static Plan Read(ReadOnlyMemory<byte> json, string file) => TryRead(json, file).Value;
}

using Resolver.Packaging.Specifiers;
using Resolver.Packaging.Tags;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Resolution.Problems;

/// <summary>Why a candidate may never be chosen: a closed set, each case with what its text needs. Immutable and
/// thread-safe.</summary>
public abstract record UnusableCause
{
    private const int MostTags = 3;

    private UnusableCause(UnusableKind kind) => Kind = kind;

    /// <summary>What kind of reason it is; several cases may be of one kind.</summary>
    public UnusableKind Kind { get; }

    /// <summary>The same for a person, without naming the candidate; a clause without its subject. Made when asked
    /// for.</summary>
    public abstract string Detail { get; }

    /// <summary>The file has a defect, or contradicts itself.</summary>
    /// <param name="Reason">What is wrong, as a clause without its subject.</param>
    public sealed record Defect(string Reason) : UnusableCause(UnusableKind.Metadata)
    {
        /// <inheritdoc/>
        public override string Detail => Reason;
    }

    /// <summary>Only its code says what it requires.</summary>
    public sealed record UnknownRequirements() : UnusableCause(UnusableKind.Metadata)
    {
        /// <inheritdoc/>
        public override string Detail => "what it requires cannot be known without running its code";
    }

    /// <summary>Another version of the project is pinned.</summary>
    /// <param name="Only">The pinned version.</param>
    public sealed record NotPinned(Version Only) : UnusableCause(UnusableKind.Pinned)
    {
        /// <inheritdoc/>
        public override string Detail => $"only {Only} may be used";
    }

    /// <summary>The request excludes the version.</summary>
    /// <param name="Reason">In the words of who excluded it, or null where none were given.</param>
    public sealed record Exclusion(string? Reason) : UnusableCause(UnusableKind.Excluded)
    {
        /// <inheritdoc/>
        public override string Detail => Reason is null ? "is excluded" : $"is excluded: {Reason}";
    }

    /// <summary>It does not run on the Python that the plan is for.</summary>
    /// <param name="Required">The Pythons it runs on.</param>
    /// <param name="Python">The plan's.</param>
    public sealed record OtherPython(SpecifierSet Required, Version Python) : UnusableCause(UnusableKind.RequiresPython)
    {
        /// <inheritdoc/>
        public override string Detail => $"requires Python {Required}, and this is Python {Python}";
    }

    /// <summary>It does not run on the Python of one of the environments that a plan is for.</summary>
    /// <param name="Required">The Pythons it runs on.</param>
    /// <param name="Python">The environment's.</param>
    public sealed record PythonOfEnvironment(SpecifierSet Required, string Python)
        : UnusableCause(UnusableKind.RequiresPython)
    {
        /// <inheritdoc/>
        public override string Detail => $"requires Python {Required}, and this is {Python}";
    }

    /// <summary>None of the wheel's tags is supported here.</summary>
    /// <param name="Tags">The wheel's tags.</param>
    /// <param name="Supported">Those that are supported.</param>
    public sealed record UnsupportedTags(IReadOnlyList<Tag> Tags, SupportedTags Supported)
        : UnusableCause(UnusableKind.Tags)
    {
        /// <inheritdoc/>
        public override string Detail => TagMismatch.Describe(Tags, Supported);
    }

    /// <summary>The wheel is for other systems than one of the environments that a plan is for.</summary>
    /// <param name="Tags">The wheel's tags.</param>
    public sealed record OtherSystem(IReadOnlyList<Tag> Tags) : UnusableCause(UnusableKind.Tags)
    {
        /// <inheritdoc/>
        public override string Detail =>
            $"is a wheel for {string.Join(", ", Tags.Take(MostTags))}{(Tags.Count > MostTags ? ", …" : "")}";
    }

    /// <summary>It is a wheel, and <c>--no-binary</c> holds for its project.</summary>
    public sealed record WheelForbidden() : UnusableCause(UnusableKind.Policy)
    {
        /// <inheritdoc/>
        public override string Detail => "is a wheel, and --no-binary forbids it";
    }

    /// <summary>It is no wheel, and <c>--only-binary</c> holds for its project.</summary>
    public sealed record BuildForbidden() : UnusableCause(UnusableKind.Policy)
    {
        /// <inheritdoc/>
        public override string Detail => "would have to be built, and --only-binary forbids it";
    }

    /// <summary>It was yanked (PEP 592), and no request pins it.</summary>
    /// <param name="Reason">In the words of who yanked it, or null where none were given.</param>
    public sealed record Withdrawn(string? Reason) : UnusableCause(UnusableKind.Yanked)
    {
        /// <inheritdoc/>
        public override string Detail =>
            $"was yanked{(Reason is null ? "" : $" ({Reason})")}; only a request for exactly this version (==) "
            + $"selects it";
    }

    /// <summary>It is a pre-release, and the request does not admit these.</summary>
    public sealed record PrereleaseForbidden() : UnusableCause(UnusableKind.Prerelease)
    {
        /// <inheritdoc/>
        public override string Detail => "is a pre-release, and --prerelease does not allow it";
    }

    /// <summary>It is not there; an explanation supposed it.</summary>
    public sealed record NotThere() : UnusableCause(UnusableKind.Absent)
    {
        /// <inheritdoc/>
        public override string Detail => "is not there";
    }
}

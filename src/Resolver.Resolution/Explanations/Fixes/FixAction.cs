namespace Resolver.Resolution.Explanations.Fixes;

/// <summary>One change of a fix.</summary>
/// <param name="Verb">A stable word: <c>add</c>, <c>allow</c>, <c>relax</c>, <c>waive</c>, <c>drop</c>, <c>split</c>,
/// <c>declare</c>, <c>use</c>, <c>rename</c>, <c>override</c>.</param>
/// <param name="What">What is changed; of <c>add</c> a requirement that what is added has to meet.</param>
public sealed record FixAction(string Verb, string What)
{
    /// <summary>For a person, in the imperative.</summary>
    public string Text { get; init; } = $"{Verb} {What}";

    /// <summary>Of <c>add</c>: which kind would do, <c>wheel</c> or <c>sdist</c>; null: either.</summary>
    public string? Kind { get; init; }

    /// <summary>Of <c>add</c>: what <see cref="Text"/> says beyond 'add this to the archive', such as in which form;
    /// else empty.</summary>
    public string Form { get; init; } = "";

    /// <summary>Of <c>split</c>: what goes into the one prefix, and what into the other; else empty.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Prefixes { get; init; } = [];

    /// <summary>What <c>--apply-fix</c> does; null where only a person can do it.</summary>
    public Change? Change { get; init; }

    /// <summary>As <see cref="Text"/>.</summary>
    public override string ToString() => Text;
}

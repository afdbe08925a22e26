using Resolver.Packaging.Requirements;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Problems;

namespace Resolver.Resolution.Translation;

/// <summary>The requirements of a problem by their numbers. Candidates that require the same share one.</summary>
internal sealed class RequirementTable
{
    private readonly List<NumberedRequirement> requirements = [];
    private readonly Dictionary<Key, RequirementId> interned = [];
    private readonly Dictionary<Requirement, int> texts = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, int> numbers = [];

    public NumberedRequirement this[RequirementId id] => requirements[id.Index];

    /// <summary>The number of the requirement; the same for one that says the same under the same conditions.</summary>
    public RequirementId Number(NumberedRequirement requirement)
    {
        var key = new Key(
            requirement.Target,
            requirement.Role,
            TextOf(requirement.Requirement),
            requirement.Exact?[0],
            requirement.Conditions.Length == 0
                ? ""
                : string.Join(
                    ',',
                    requirement.Conditions.Select(each => $"{(each.Active ? "" : "!")}{each.Extra.Index}")
                )
        );
        if (!interned.TryGetValue(key, out var id))
        {
            interned.Add(key, id = new RequirementId(requirements.Count));
            requirements.Add(requirement);
        }
        return id;
    }

    /// <summary>The number of the requirement's text. A requirement that requests many extras is interned for each of
    /// them: its long text is looked at once.</summary>
    private int TextOf(Requirement requirement)
    {
        if (texts.TryGetValue(requirement, out var known))
            return known;
        var text = requirement.ToString();
        if (!numbers.TryGetValue(text, out var number))
            numbers.Add(text, number = numbers.Count);
        texts.Add(requirement, number);
        return number;
    }

    private readonly record struct Key(VariableId Target, Role Role, int Text, Candidate? Exact, string Conditions);
}

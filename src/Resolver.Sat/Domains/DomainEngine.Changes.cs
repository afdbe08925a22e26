namespace Resolver.Sat.Domains;

/// <summary>What became of the domains, for propagators of the caller's own.</summary>
public sealed partial class DomainEngine
{
    private readonly List<DomainChanges> followers = [];

    /// <summary>The changes from now on, for somebody who looks at them now and then. Also those after
    /// <see cref="Clear"/>.</summary>
    public DomainChanges FollowChanges()
    {
        var changes = new DomainChanges(this) { Seen = Trail.Count };
        followers.Add(changes);
        return changes;
    }

    private void TellUndone(int start)
    {
        foreach (var each in followers)
        {
            each.Seen = Math.Min(each.Seen, start);
            each.Undone = true;
        }
    }
}

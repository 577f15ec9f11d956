package riskcluster.lakehouse.maintain;

import java.util.List;
import java.util.Map;
import org.apache.iceberg.exceptions.ValidationException;
import riskcluster.lakehouse.catalog.StagedTable;
import riskcluster.lakehouse.erase.IdleMembers;

/**
 * Files of a dimension without the members to which no fact points. Batches may have brought facts since; the committer
 * looks at those, and refuses where one points to a member that would go.
 */
record MemberErasure(FileErasure files, IdleMembers members) implements PreparedRewrite {

    @Override
    public Preparation preparation() {
        return files.preparation();
    }

    @Override
    public String kind() {
        return files.kind();
    }

    @Override
    public List<String> apply(StagedTable staged, Map<String, String> marks) {
        ValidationException.check(
                !members.areMissed(), "a fact points to a member of %s again", table().qualifiedName());
        return files.apply(staged, marks);
    }
}
